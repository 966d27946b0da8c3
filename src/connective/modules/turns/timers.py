"""Deadlines of waits and planned runs: found by a sweep, taken as turns like anything else."""

import asyncio
import logging
from typing import Any

import msgspec
from sqlalchemy import update

from connective.kit import clock, errors
from connective.kit.context import unit_of_work
from connective.kit.http.problem import is_outage
from connective.kit.loops import pause
from connective.modules.turns import queries, running
from connective.modules.turns.models import runs
from connective.modules.turns.queue import queue
from connective.modules.turns.running import Target
from connective.modules.turns.work import Origin, TimerDue, Work

EVERY_S = 0.5
MOST = 200
log = logging.getLogger(__name__)


async def run(stop: asyncio.Event) -> None:
    """Look twice a second for what is due."""
    while not stop.is_set():
        found = await take_due_dialogs() + await take_due_runs()
        if found < MOST:
            await pause(stop, EVERY_S)


async def take_due_dialogs() -> int:
    """Take the dialogs whose wait has ended; gives how many there were."""
    async with unit_of_work() as ctx:
        rows = await queries.due_dialogs(ctx.db, clock.now(), MOST)
    taken = [
        queue().submit(Work(key=(row.account_id, row.chat_id), what=TimerDue(_timer(row))))
        for row in rows
    ]
    for outcome in await asyncio.gather(*taken, return_exceptions=True):
        if isinstance(outcome, Exception) and not is_outage(outcome):
            log.error("a deadline could not be taken: %r", outcome)
    return len(rows)


def _timer(row: Any) -> str:
    waiting = (row.state or {}).get("waiting", {})
    return str(waiting.get("timer") or "")


async def take_due_runs() -> int:
    """Start the planned runs whose time has come; gives how many there were."""
    async with unit_of_work() as ctx:
        rows = await queries.due_runs(ctx.db, ctx.now, MOST)
        for row in rows:
            changed = update(runs).where(runs.c.id == row.id)
            await ctx.db.execute(changed.values(status="starting", due_at=ctx.now))
    await asyncio.gather(*(_start(row) for row in rows))
    return len(rows)


async def _start(row: Any) -> None:
    target = msgspec.convert(row.request, Target)
    origin = Origin(
        source=row.source, key_id=row.key_id, key_name=row.key_name, address=row.address
    )
    try:
        async with unit_of_work() as ctx:
            account_id = await running.account_for(ctx, target)
        await running.start(account_id, target, run_id=row.id, origin=origin)
    except errors.Problem as refusal:
        await _failed(row.id, refusal.code)


async def _failed(run_id: int, code: str) -> None:
    async with unit_of_work() as ctx:
        changed = update(runs).where(runs.c.id == run_id)
        await ctx.db.execute(changed.values(status="error", error=code, ended_at=ctx.now))
