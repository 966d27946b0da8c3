"""Reads the event log once for all listeners of a process, however many there are.

It wakes those for whom something stands there, whoever was to tell them, and moves the cursors of
the others in one statement. It takes no event itself: that stays between a listener and its cursor.
"""

import asyncio
from collections.abc import Mapping
from typing import Any, Final

from connective.kit.context import unit_of_work
from connective.kit.db.driver import reading
from connective.kit.events.reader import Reader
from connective.kit.loops import SWEEP_S, Due, idle
from connective.kit.wake import waiter, wake

TOPIC: Final = "event log"
BATCH: Final = 1_000
_NOWHERE: Final = -1
_POSITIONS = "SELECT listener, position FROM event_cursors WHERE listener = ANY($1)"
_IS_BEHIND = """
SELECT max(id) > (SELECT min(position) FROM event_cursors WHERE listener = ANY('{{{names}}}'))
FROM events
"""
# $3 names, $4 the newest event of each: a cursor before it is its listener's to move. One that is
# held is being moved already.
_PASS_BY = """
UPDATE event_cursors c SET position = $1, moved_at = $2
FROM (
  SELECT listener FROM event_cursors e
  JOIN unnest($3::text[], $4::bigint[]) AS w(listener, newest) USING (listener)
  WHERE e.position >= w.newest AND e.position < $1 FOR UPDATE OF e SKIP LOCKED
) AS free
WHERE c.listener = free.listener
"""


def topic_of(listener: str) -> str:
    """Woken when an event stands behind the cursor of this listener."""
    return f"{TOPIC}: {listener}"


class Lookout:
    """Over listeners by their names and kinds; no kinds stand for every kind."""

    def __init__(self, kinds: Mapping[str, frozenset[str]]) -> None:
        self._kinds = kinds
        self._reader = Reader(bare=True)
        self._position: int | None = None
        self._newest: dict[str, int] = {}  # of the events that each of them takes

    @property
    def due(self) -> Due:
        """Whether any of them has not come to the end of the log."""
        names = ",".join(f'"{name}"' for name in self._kinds)
        return Due(TOPIC, (_IS_BEHIND.format(names=names),))

    async def run(self, stop: asyncio.Event) -> None:
        """Look whenever somebody is behind, until the stop."""
        with waiter(TOPIC) as woken:
            while not stop.is_set():
                await self.look()
                await idle(stop, woken, SWEEP_S)

    async def look(self) -> None:
        """Read on; then wake those who have something to take, and move the others."""
        async with reading() as driver:
            position = await self._read(driver)
            cursors = await self._cursors(driver)
        passed: dict[str, int] = {}
        for name, newest in self._newest.items():
            cursor = cursors.get(name, _NOWHERE)
            if cursor < newest:
                wake(topic_of(name), others=False)
            elif cursor < position:
                passed[name] = newest
        if passed:
            async with unit_of_work() as ctx:
                moves = (position, ctx.now, list(passed), list(passed.values()))
                await (await ctx.driver()).execute(_PASS_BY, *moves)

    async def _read(self, driver: Any) -> int:
        """Up to the end, or to the first id that is still to come.

        Begins where the foremost cursor is: who stands before that, reads up to it by himself.
        """
        if self._position is None:
            self._position = max((await self._cursors(driver)).values(), default=0)
            self._newest = dict.fromkeys(self._kinds, self._position)
        more = True
        while more:
            batch = await self._reader.read(driver, self._position, BATCH)
            for event in batch.events:
                for name, kinds in self._kinds.items():
                    if not kinds or event.kind in kinds:
                        self._newest[name] = event.id
            self._position, more = batch.position, batch.more
        return self._position

    async def _cursors(self, driver: Any) -> dict[str, int]:
        return dict(await driver.fetch(_POSITIONS, list(self._kinds)))
