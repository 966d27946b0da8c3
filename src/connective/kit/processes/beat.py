"""Says that this process lives, and forgets those that do not."""

import asyncio
import functools
import os
import socket
import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit import clock
from connective.kit.context import unit_of_work
from connective.kit.loops import Loop, Role, pause
from connective.kit.processes.models import processes

EVERY_S = 5.0
ALIVE = timedelta(seconds=15)
FORGOTTEN = timedelta(hours=1)
_LIVING = select(processes.c.role, func.count().label("alive")).group_by(processes.c.role)
_started_at = clock.now()
_schema: str | None = None


def knows(schema: str | None) -> None:
    """The newest migration that this release knows."""
    global _schema  # noqa: PLW0603
    _schema = schema


def started_at() -> datetime:
    """When this process began."""
    return _started_at


async def beat(db: AsyncConnection, name: str, *, role: Role, now: datetime) -> None:
    """Note that a role of this process lives."""
    row = {"role": role, "host": socket.gethostname(), "pid": os.getpid(), "schema": _schema}
    noted = insert(processes).values(id=name, started_at=_started_at, beat_at=now, **row)
    await db.execute(noted.on_conflict_do_update(index_elements=["id"], set_={"beat_at": now}))
    await db.execute(delete(processes).where(processes.c.beat_at < now - FORGOTTEN))


async def living(db: AsyncConnection, *, since: datetime) -> Mapping[str, int]:
    """How many processes of each role beat since then."""
    found = await db.execute(_LIVING.where(processes.c.beat_at >= since))
    return {row.role: row.alive for row in found}


async def of_older_releases(db: AsyncConnection, older: Iterable[str], *, since: datetime) -> int:
    """How many processes beat since then whose release knows only so much."""
    knows_less = processes.c.schema.is_(None) | processes.c.schema.in_(older)
    found = await db.execute(_LIVING.where(processes.c.beat_at >= since, knows_less))
    return sum(row.alive for row in found)


async def run(role: Role, stop: asyncio.Event) -> None:
    """Beat until the stop, then sign off."""
    name = str(uuid.uuid4())
    while not stop.is_set():
        async with unit_of_work() as ctx:
            await beat(ctx.db, name, role=role, now=ctx.now)
        await pause(stop, EVERY_S)
    async with unit_of_work() as ctx:
        await ctx.db.execute(delete(processes).where(processes.c.id == name))


LOOPS = [
    Loop("beat: web", "web", functools.partial(run, "web")),
    Loop("beat: worker", "worker", functools.partial(run, "worker")),
]
