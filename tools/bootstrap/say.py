"""What set-up says to the person who waits, and the error that ends it with a plain line."""

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path


class SetUpFailed(Exception):
    """Carries the one line that tells what is missing or broken."""


def line(text: str) -> None:
    """Writes one line to stderr, so that a command's own output stays clean."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


@contextmanager
def step(title: str) -> Iterator[None]:
    """Announces a step that takes a while and says how long it took."""
    line(f"[set-up] {title} ...")
    begun = time.monotonic()
    yield
    line(f"[set-up] {title}: {time.monotonic() - begun:.1f} s")


def run(command: Sequence[str | Path], *, cwd: Path, env: Mapping[str, str] | None = None) -> None:
    """Runs a command; its output is shown only when it fails."""
    words = [str(word) for word in command]
    done = subprocess.run(
        words,
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        line(done.stdout.rstrip())
        raise SetUpFailed(f"`{' '.join(words[:4])}` ended with {done.returncode}")
