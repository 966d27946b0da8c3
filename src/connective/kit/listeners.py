"""Runs the listeners of the event log: each reads on from its cursor, one instance at a time.

The cursor moves in the transaction of what the listener writes, so each event counts once. What
holds none of its events is passed by for it (kit.lookout).
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

import msgspec
from sqlalchemy.ext.asyncio import AsyncEngine

from connective.kit import clock
from connective.kit.auth_policy import SYSTEM
from connective.kit.context import Ctx, unit_of_work
from connective.kit.db.engine import engine as the_engine
from connective.kit.events import wakes
from connective.kit.events.reader import Batch, LoggedEvent, Reader
from connective.kit.http.problem import is_outage
from connective.kit.lookout import Lookout, topic_of
from connective.kit.loops import SWEEP_S, Loop, idle, pause
from connective.kit.wake import waiter

RETRY_S = 1.0
# A gap is looked at again after so long; most fill within a few milliseconds.
GAP_S = 0.02
TRIES = 3
BATCH = 500
log = logging.getLogger(__name__)

_NEW = """
INSERT INTO event_cursors (listener, position)
SELECT $1, CASE WHEN $2 THEN 0 ELSE (SELECT coalesce(max(id), 0) FROM events) END
ON CONFLICT (listener) DO NOTHING
"""
_ONLY_ME = "SELECT pg_try_advisory_xact_lock(hashtext('listener ' || $1))"
_POSITION = "SELECT position FROM event_cursors WHERE listener = $1"
_MOVE = "UPDATE event_cursors SET position = $2, moved_at = $3 WHERE listener = $1"
_SKIP = """
INSERT INTO event_failures (listener, event_id, kind, error, at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT DO NOTHING
"""


class Listener(msgspec.Struct, frozen=True):
    """`kinds` empty: all. `handle` gets a unit of work and events of these kinds, in order.

    `from_start`: a new listener begins with the oldest event kept, not with the next one.
    """

    name: str
    handle: Callable[[Ctx, Sequence[LoggedEvent]], Awaitable[None]]
    kinds: frozenset[str] = frozenset()
    from_start: bool = True


class Follower:
    """One listener in this process."""

    def __init__(self, listener: Listener, engine: AsyncEngine | None = None) -> None:
        self._listener = listener
        self._engine = engine
        self._reader = Reader(sorted(listener.kinds))
        self._failures = 0  # of the first event in the way
        self._singly = 0  # events still to be taken one by one

    async def run(self, stop: asyncio.Event) -> None:
        """Follow the log until the stop, woken by events of its kinds and by the lookout."""
        kinds = self._listener.kinds
        told = map(wakes.of, kinds) if kinds else [wakes.ALL]
        with waiter(topic_of(self._listener.name), *told) as woken:
            while not stop.is_set():
                batch = await self.step()
                if self._failures:
                    await pause(stop, RETRY_S)
                elif batch is None or not (batch.more or batch.waits):
                    await idle(stop, woken, SWEEP_S)
                elif batch.waits:
                    await pause(stop, GAP_S)

    async def step(self) -> Batch | None:
        """Take what is there; None when another process follows for this listener.

        After a failure the events of the failed batch are taken one by one.
        """
        try:
            batch = await self._take(1 if self._singly else BATCH)
        except Exception as failure:
            if is_outage(failure):
                raise
            log.exception("listener %s failed", self._listener.name)
            self._failures += bool(self._singly)
            self._singly = BATCH
            if self._failures == TRIES:
                await self._skip(repr(failure))
            return Batch([], 0, more=True)
        self._failures = 0
        self._singly = max(self._singly - 1, 0)
        return batch

    async def _take(self, limit: int) -> Batch | None:
        name = self._listener.name
        async with unit_of_work(SYSTEM, engine=self._engine or the_engine()) as ctx:
            driver = await ctx.driver()
            if not await driver.fetchval(_ONLY_ME, name):
                return None
            position = await driver.fetchval(_POSITION, name)
            if position is None:
                await driver.execute(_NEW, name, self._listener.from_start)
                return Batch([], 0, more=True)
            batch = await self._reader.read(driver, position, limit)
            if batch.position != position:
                if batch.events:
                    await self._listener.handle(ctx, batch.events)
                await driver.execute(_MOVE, name, batch.position, clock.now())
        return batch

    async def _skip(self, error: str) -> None:
        """Put the event aside that fails every time, so that those behind it get their turn."""
        name = self._listener.name
        async with unit_of_work(SYSTEM, engine=self._engine or the_engine()) as ctx:
            driver = await ctx.driver()
            if not await driver.fetchval(_ONLY_ME, name):
                return
            position = await driver.fetchval(_POSITION, name)
            batch = await self._reader.read(driver, position, 1)
            for event in batch.events:
                await driver.execute(_SKIP, name, event.id, event.kind, error, clock.now())
            await driver.execute(_MOVE, name, batch.position, clock.now())
        self._failures = 0


def loops(listeners: Sequence[Listener]) -> list[Loop]:
    """A loop for each listener, so that a slow one keeps no other waiting, and their lookout."""
    lookout = Lookout({x.name: x.kinds for x in listeners})
    return [
        *(Loop(f"listener {x.name}", "worker", Follower(x).run) for x in listeners),
        Loop("event log", "worker", lookout.run, lookout.due),
    ]
