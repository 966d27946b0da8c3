"""How many connections a process holds at once, and who gives his place up for a newcomer.

Whoever is answered, and every socket, keeps his place. Whoever only waits, between two requests or
with half a head, is sent away for a newcomer, the longest waiting first: holding connections open
without asking anything keeps nobody out.
"""

import resource
from typing import Final, Protocol

# A process that holds more is better helped by a second one.
MOST: Final = 20_000
# So much of the descriptors is for connections; the rest for the database, files and calls out.
SHARE: Final = 0.75
# So many of those who find no place are still told so; whoever comes beyond them is hung up on.
TOLD: Final = 256


class Waiting(Protocol):
    """A connection as its place sees it."""

    def give_up(self) -> None:
        """Close: somebody else needs the place."""


class Places:
    """The places of one process; `taken` is known to the server."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._waiting: dict[Waiting, None] = {}

    def wait(self, one: Waiting) -> None:
        """From now on it may be sent away."""
        self._waiting[one] = None

    def keep(self, one: Waiting) -> None:
        """It is busy, or gone."""
        self._waiting.pop(one, None)

    def is_there_one(self, taken: int) -> bool:
        """Whether a newcomer has a place, if need be that of the one who waits the longest."""
        if taken <= self.most:
            return True
        longest = next(iter(self._waiting), None)
        if longest is None:
            return False
        self.keep(longest)
        longest.give_up()
        return True

    def is_told(self, taken: int) -> bool:
        """Whether somebody without a place is told so."""
        return taken <= self.most + TOLD


places = Places(MOST)


def make_room() -> None:
    """Let this process open as many files as it may, and as many connections as that allows."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = round(MOST / SHARE)
    most = wanted if hard == resource.RLIM_INFINITY else min(hard, wanted)
    if resource.RLIM_INFINITY != soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    places.most = min(MOST, round(max(soft, most) * SHARE))
