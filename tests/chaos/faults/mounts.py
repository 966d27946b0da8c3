"""Disks of a trial's own: small ones, and folders that suddenly can only be read."""

import contextlib
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.chaos.trial import CannotTry

SMALL = "320m"


def _run(*command: str) -> None:
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        raise CannotTry(f"{' '.join(command[:2])}: {done.stderr.strip()} (it needs root)")


@contextlib.contextmanager
def small_disk() -> Iterator[Path]:
    """A new folder on a disk of some hundred megabytes."""
    with tempfile.TemporaryDirectory(prefix="storm") as name:
        _run("mount", "-t", "tmpfs", "-o", f"size={SMALL},mode=700", "tmpfs", name)
        try:
            yield Path(name)
        finally:
            subprocess.run(["umount", "-l", name], check=False)


@contextlib.contextmanager
def only_read(folder: Path) -> Iterator[None]:
    """Whoever opens anything below the folder now, may only read it."""
    _run("mount", "--bind", str(folder), str(folder))
    try:
        _run("mount", "-o", "remount,bind,ro", str(folder))
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False)
