"""Ids known before the row is written: a process takes a block from a sequence at a time.

Used where an id stands inside a frozen body (messages, runs). Not for the event log, whose
reader relies on ids given by the database at insertion.
"""

from collections import deque

from sqlalchemy import Sequence, text
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit.db.metadata import metadata

_NEXT = text("SELECT nextval(cast(:name AS regclass))")


class IdBlock:
    """Ids of one sequence, whose increment is the size of the block."""

    def __init__(self, name: str, size: int = 200) -> None:
        self.sequence = Sequence(name, start=1, increment=size, metadata=metadata)
        self._name, self._size = name, size
        self._free: deque[int] = deque()

    async def reserve(self, db: AsyncConnection, count: int) -> None:
        """Make sure that `count` calls of `take` succeed."""
        while len(self._free) < count:
            start = int((await db.execute(_NEXT, {"name": self._name})).scalar_one())
            self._free.extend(range(start, start + self._size))

    def take(self) -> int:
        return self._free.popleft()

    def forget(self) -> None:
        """Drop the block: the process now talks to another database."""
        self._free.clear()
