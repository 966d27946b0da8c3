"""Ids known before the row is written: a process takes a block from a sequence at a time.

Used where an id stands inside a frozen body (messages, runs). Not for the event log, whose
reader relies on ids given by the database at insertion.
"""

from collections import deque

from sqlalchemy import Sequence
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit.db.driver import driver_of
from connective.kit.db.metadata import metadata

_NEXT = "SELECT nextval($1::text::regclass) FROM generate_series(1, $2)"


class IdBlock:
    """Ids of one sequence, whose increment is the size of the block.

    `at_once`: blocks that are asked for together, where asking keeps others waiting.
    """

    def __init__(self, name: str, size: int = 200, *, at_once: int = 1) -> None:
        self.sequence = Sequence(name, start=1, increment=size, metadata=metadata)
        self._name, self._size, self._at_once = name, size, at_once
        self._free: deque[int] = deque()

    async def take(self, db: AsyncConnection, count: int) -> list[int]:
        """`count` ids in rising order; ids that a process did not use up are skipped."""
        while len(self._free) < count:
            for (start,) in await (await driver_of(db)).fetch(_NEXT, self._name, self._at_once):
                self._free.extend(range(start, start + self._size))
        return [self._free.popleft() for _ in range(count)]

    def give_back(self, ids: list[int]) -> None:
        """Take back ids that were not used."""
        self._free.extendleft(reversed(ids))

    def forget(self) -> None:
        """Drop the block: the process now talks to another database."""
        self._free.clear()
