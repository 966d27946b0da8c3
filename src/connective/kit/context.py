"""The unit of work: one transaction, on someone's behalf, with what it says to the world.

Only the edge (a request, a job, a turn) opens one; leaving it commits. Audit rows, outgoing
calls and events gathered on the way are written last, in this order, in the same transaction.
"""

import contextlib
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from connective.kit import clock
from connective.kit.audit import writer as audit_writer
from connective.kit.auth_policy import SYSTEM, Actor
from connective.kit.db.driver import driver_of
from connective.kit.db.engine import engine as the_engine
from connective.kit.events import wakes
from connective.kit.events import writer as event_writer
from connective.kit.outbox import append as outbox_append
from connective.kit.queue import rows as queue
from connective.kit.wake import wake


class Ctx:
    """What every service function gets: the transaction, the actor, the moment."""

    def __init__(
        self,
        db: AsyncConnection,
        actor: Actor,
        *,
        now: datetime | None = None,
        request_id: str | None = None,
    ) -> None:
        self.db = db
        self.actor = actor
        self.now = now or clock.now()
        self.request_id = request_id
        self._audit: list[audit_writer.Entry] = []
        self._outgoing: list[outbox_append.Outgoing] = []
        self._events: list[event_writer.Event] = []
        self._jobs: list[queue.Wanted] = []
        self._after: list[Callable[[], None]] = []
        self._topics: set[str] = set()
        self._driver: Any = None

    async def driver(self) -> Any:
        """The asyncpg connection, for multi-row statements of the hot path."""
        if self._driver is None:
            self._driver = await driver_of(self.db)
        return self._driver

    def emit(
        self,
        kind: str,
        data: Any,
        *,
        bot_id: int | None = None,
        dialog_id: int | None = None,
        client_id: int | None = None,
        request_id: int | None = None,
    ) -> None:
        """Say that something happened; written as the last statement of the transaction."""
        self._events.append(
            event_writer.Event(kind, data, bot_id, dialog_id, request_id, client_id)
        )
        self._topics.update((wakes.ALL, wakes.of(kind)))

    def audit(
        self,
        action: str,
        object_type: str,
        object_id: object,
        before: Any = None,
        after: Any = None,
    ) -> None:
        """Record who changed what; give secrets as `***`."""
        self._audit.append(audit_writer.Entry(action, object_type, str(object_id), before, after))

    def send(self, outgoing: outbox_append.Outgoing) -> None:
        """Put a call into its lane of the delivery ledger."""
        self._outgoing.append(outgoing)
        self._topics.add("outbox")

    def enqueue(self, job: str, *, after_s: float = 0.0, **ids: Any) -> None:
        """Ask for background work by a declared job (kit.jobs); it gets ids only."""
        self._jobs.append(queue.Wanted(job, ids, after_s))

    def wakes(self, topic: str) -> None:
        """Wake the loops of a topic after the commit."""
        self._topics.add(topic)

    def after_commit(self, act: Callable[[], None]) -> None:
        """Do this once the transaction has been committed, never when it was undone."""
        self._after.append(act)

    async def flush(self) -> None:
        """Write what was gathered. Called by the edge; tests call it to look at the rows."""
        if self._audit:
            entries, self._audit = self._audit, []
            await audit_writer.append(
                self.db, entries, at=self.now, actor=self.actor, request_id=self.request_id
            )
        if self._outgoing:
            outgoing, self._outgoing = self._outgoing, []
            await outbox_append.append(self.db, outgoing, now=self.now)
        if self._jobs:
            wanted, self._jobs = self._jobs, []
            await queue.put(self.db, wanted)
        if self._events:
            said, self._events = self._events, []
            who = {"kind": self.actor.kind, "id": self.actor.id, "name": self.actor.name}
            await event_writer.append(self.db, said, at=self.now, actor=who)

    def committed(self) -> None:
        """Called by the edge after the commit: wake who waits, do what was put off."""
        for topic in self._topics:
            wake(topic)
        for act in self._after:
            act()


@contextlib.asynccontextmanager
async def unit_of_work(
    actor: Actor = SYSTEM, *, engine: AsyncEngine | None = None, request_id: str | None = None
) -> AsyncIterator[Ctx]:
    """One transaction: commits when the block ends, rolls back when it raises."""
    async with (engine or the_engine()).connect() as db, db.begin():
        ctx = Ctx(db, actor, request_id=request_id)
        yield ctx
        await ctx.flush()
    ctx.committed()
