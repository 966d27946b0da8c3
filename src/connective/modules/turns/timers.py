"""Deadlines of waits and planned runs: found by a sweep, taken as turns like anything else."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import update

from connective.engine.model import Begin
from connective.kit import clock, errors, wake
from connective.kit.context import unit_of_work
from connective.kit.http.problem import is_outage
from connective.kit.loops import SWEEP_S, idle
from connective.kit.senders import waits
from connective.modules.dialogs import service as dialogs
from connective.modules.scenarios.service import start_triggers
from connective.modules.turns import media, running
from connective.modules.turns.claims import claimant
from connective.modules.turns.models import runs
from connective.modules.turns.queries import lines
from connective.modules.turns.queue import queue
from connective.modules.turns.running import Target
from connective.modules.turns.work import Origin, TimerDue, Work

MOST = 200
DUE = (*lines.TIMERS_DUE, start_triggers.ANY_DUE)
CHAT = ("bot_id", "channel", "chat_id")
SYSTEM = Origin(source="system")
log = logging.getLogger(__name__)
_RUNS_FROM_NOW = """
UPDATE runs SET due_at = $1 + (due_at - created_at), created_at = $1
WHERE status = 'scheduled' AND created_at > $1 AND request->>'fixed' IS DISTINCT FROM 'true'
"""


async def run(stop: asyncio.Event) -> None:
    """Look when something was planned, and when it is due."""
    watch = clock.Watch()
    async with claimant() as owner:
        await begin_waits_anew()
        with wake.waiter(running.TOPIC) as woken:
            while not stop.is_set():
                if watch.set_back():
                    await begin_waits_anew()
                await plan_timetables()
                found = await take_due_dialogs() + await take_due_runs(owner)
                if found < MOST:
                    await idle(stop, woken, SWEEP_S)


async def begin_waits_anew() -> None:
    """After the clock was set back: what began in the future begins now, lest it wait for hours."""
    async with unit_of_work() as ctx:
        await waits.begin_anew(ctx)
        await dialogs.begin_anew(ctx)
        await media.begin_anew(ctx)
        await (await ctx.driver()).execute(_RUNS_FROM_NOW, ctx.now)


async def plan_timetables() -> None:
    """Plan the runs whose timetable says so; a moment missed for too long is only noted."""
    async with unit_of_work() as ctx:
        for due in await start_triggers.take_due(ctx, MOST):
            begin = Begin(trigger="schedule", alias=due.alias or None)
            target = running.of_system(due.bot_id, "cron", begin)
            run_id = await running.promise(ctx)
            error = "missed" if due.missed else None
            await running.plan(
                ctx, target, run_id=run_id, origin=SYSTEM, due_at=due.at, error=error
            )


async def take_due_dialogs() -> int:
    """Take the dialogs whose wait has ended; gives how many were taken."""
    async with unit_of_work() as ctx:
        rows = await lines.due_dialogs(ctx.db, clock.now(), MOST)
    taken = [_end_wait(row) for row in rows]
    return sum(await asyncio.gather(*taken))


async def _end_wait(row: Any) -> bool:
    work = Work(key=(row.account_id, row.chat_id), what=TimerDue(_timer(row)))
    try:
        await queue().submit(work)
    except Exception as failure:
        if not _passes(failure):
            log.exception("a deadline could not be taken")
        return False
    return True


def _passes(failure: Exception) -> bool:
    """Whether it is worth trying again: too much to do, or no database."""
    return isinstance(failure, errors.Unavailable) or is_outage(failure)


def _timer(row: Any) -> str:
    waiting = (row.state or {}).get("waiting", {})
    return str(waiting.get("timer") or "")


async def take_due_runs(owner: int) -> int:
    """Start the planned runs whose time has come; gives how many were started or refused."""
    async with unit_of_work() as ctx:
        rows = await lines.due_runs(ctx.db, ctx.now, MOST)
        claimed = update(runs).where(runs.c.id.in_([row.id for row in rows]))
        await ctx.db.execute(claimed.values(status="starting", owner=owner))
    chats: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        chats[tuple(row.request.get(name) for name in CHAT)].append(row)
    started = await asyncio.gather(*map(_start_each, chats.values()), return_exceptions=True)
    for failure in started:
        if isinstance(failure, BaseException):
            raise failure
    return sum(count for count in started if isinstance(count, int))


async def _start_each(rows: Sequence[Any]) -> int:
    """The runs of one chat begin in their order."""
    return sum([await _start(row) for row in rows])


async def _start(row: Any) -> bool:
    origin = Origin(
        source=row.source, key_id=row.key_id, key_name=row.key_name, address=row.address
    )
    try:
        target = msgspec.convert(row.request, Target)
        async with unit_of_work() as ctx:
            account_id = await running.account_for(ctx, target)
        await running.start(account_id, target, run_id=row.id, origin=origin, again=True)
    except Exception as failure:
        if _passes(failure):
            await _leave(row.id, status="scheduled")
            return False
        if not isinstance(failure, errors.Problem):
            log.exception("a planned run could not be started")
        code = failure.code if isinstance(failure, errors.Problem) else "internal"
        # Whoever was quicker leaves nothing to do, which is no error.
        status, error = ("cancelled", None) if code == "overtaken" else ("error", code)
        await _leave(row.id, status=status, error=error, ended_at=clock.now())
    return True


async def _leave(run_id: int, **values: Any) -> None:
    """Note that we do not start it; what the database does not take is another's to start."""
    async with unit_of_work() as ctx:
        claimed = update(runs).where(runs.c.id == run_id, runs.c.status == "starting")
        await ctx.db.execute(claimed.values(owner=None, **values))
