"""Stamps: a step is skipped while what it was made from has not changed."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from tools.bootstrap.places import ROOT

MADE = frozenset({"node_modules", "dist", "test-results", "__pycache__", "coverage"})


def sources(folder: Path) -> Iterator[Path]:
    """Every file under a folder that people write, not what tools make there."""
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in MADE)
        yield from (Path(here, name) for name in sorted(files) if not name.endswith(".tsbuildinfo"))


def digest(files: Iterable[Path], *extra: str) -> str:
    """One hash over names, contents, extra words and the place of the working copy."""
    total = hashlib.sha256("\0".join((str(ROOT), *extra)).encode())
    for file in files:
        content = hashlib.sha256(file.read_bytes()).hexdigest()
        total.update(f"\0{file.relative_to(ROOT)}\0{content}".encode())
    return total.hexdigest()


def holds(stamp: Path, value: str) -> bool:
    """Whether the step was done for exactly this input."""
    return stamp.is_file() and stamp.read_text() == value


def put(stamp: Path, value: str) -> None:
    """Notes that the step is done; the last thing a step does."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(value)
