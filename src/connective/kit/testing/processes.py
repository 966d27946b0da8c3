"""Waits on processes and conditions with a deadline instead of guesses."""

import contextlib
import os
import select
import time
from collections.abc import Callable, Iterator
from pathlib import Path

PATIENCE_S = 20.0


@contextlib.contextmanager
def ends(pid: int, *, within: float = PATIENCE_S) -> Iterator[None]:
    """The process (not only a child) must be gone soon after the block."""
    descriptor = os.pidfd_open(pid)
    try:
        yield
        gone, _, _ = select.select([descriptor], [], [], within)
        if not gone:
            raise AssertionError(f"process {pid} still runs")
    finally:
        os.close(descriptor)


def eventually(holds: Callable[[], bool], *, within: float = PATIENCE_S) -> None:
    """Look again and again until it holds."""
    deadline = time.monotonic() + within
    while not holds():
        if time.monotonic() > deadline:
            raise AssertionError(f"did not come true within {within:.0f} s")
        select.select([], [], [], 0.01)


def parent_of(pid: int) -> int:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("PPid:"):
            return int(line.split()[1])
    raise ProcessLookupError(pid)
