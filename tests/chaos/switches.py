"""Switches that servers look at while they run: their clock, and where the partner's name leads."""

import mmap
import socket
import struct
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from connective.kit import clock

_KEPT = struct.Struct("dB")


class Switches:
    """Shared by all processes that open the same file."""

    def __init__(self, file: Path) -> None:
        if not file.exists():
            file.write_bytes(_KEPT.pack(0.0, 1))
        with file.open("r+b") as opened:
            self._kept = mmap.mmap(opened.fileno(), _KEPT.size)

    @property
    def clock_s(self) -> float:
        """By how many seconds the clock is wrong."""
        return float(_KEPT.unpack(self._kept[:])[0])

    @clock_s.setter
    def clock_s(self, value: float) -> None:
        self._kept[:] = _KEPT.pack(value, self.partner)

    @property
    def partner(self) -> int:
        """The partner's name leads to 127.0.0.x; 0: nobody finds it."""
        return int(_KEPT.unpack(self._kept[:])[1])

    @partner.setter
    def partner(self, value: int) -> None:
        self._kept[:] = _KEPT.pack(self.clock_s, value)

    def obey(self, named: str) -> None:
        """Make this process's clock and its resolver follow; the name is the partner's."""
        right, resolve = clock.now, socket.getaddrinfo

        def now() -> datetime:
            return right() + timedelta(seconds=self.clock_s)

        def getaddrinfo(host: Any, *rest: Any, **more: Any) -> Any:
            if host != named:
                return resolve(host, *rest, **more)
            if not self.partner:
                raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
            return resolve(f"127.0.0.{self.partner}", *rest, **more)

        clock.now = now
        socket.getaddrinfo = getaddrinfo
