"""One set-up at a time in one copy of the sources, and only where it may write."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.bootstrap import say
from tools.bootstrap.places import ROOT


@contextmanager
def taken(root: Path = ROOT) -> Iterator[None]:
    """Wait until no other set-up works in this folder; its lock ends with its process."""
    if not os.access(root, os.W_OK):
        raise say.SetUpFailed(f"cannot write in {root}: run as its owner, or copy it elsewhere")
    folder = os.open(root, os.O_RDONLY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say.line("[set-up] another set-up works here, waiting for it ...")
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)
