"""How the disk does on which the data folder lies."""

import os
from pathlib import Path
from typing import Literal

import msgspec

LOW = 1024**3  # bytes
FULL = 100 * 1024**2
State = Literal["free", "low", "full", "read_only"]


class Disk(msgspec.Struct, frozen=True):
    """Bytes that this process may still write, and what that means."""

    free: int
    total: int
    read_only: bool

    @property
    def state(self) -> State:
        """read_only | full | low | free."""
        if self.read_only:
            return "read_only"
        if self.free < FULL:
            return "full"
        return "low" if self.free < LOW else "free"

    @property
    def holds(self) -> bool:
        """Whether anything can still be written."""
        return self.state in ("free", "low")


def look(folder: Path) -> Disk:
    """The disk of a folder as it is now."""
    told = os.statvfs(folder)
    return Disk(
        free=told.f_bavail * told.f_frsize,
        total=told.f_blocks * told.f_frsize,
        read_only=bool(told.f_flag & os.ST_RDONLY),
    )
