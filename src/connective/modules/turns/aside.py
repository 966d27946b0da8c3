"""Inbound put aside: stored and acknowledged, then taken by a sweep, in order.

Under load, so that nobody waits; and where its turn failed, so that what a client said is kept.

A chat that has something aside gets everything aside until the sweep has caught up: every turn
looks, in whatever process, so that nothing overtakes. Events are taken many at a time. Those that
a process had in hand when it died are taken one by one, each try noted before it is made: one
that has killed two processes more is dead, kept and shown, and never tried again. A database that
went away looks the same from inside it; so whoever has outlived a try takes the note back first,
and nobody calls an event dead before the others had the time for that.
"""

import asyncio
import logging
from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import delete, func, update

from connective.contracts.inbound import AnyInbound
from connective.kit import clock, errors, wake
from connective.kit.context import Ctx, unit_of_work
from connective.kit.health import Finding
from connective.kit.http.problem import is_outage
from connective.kit.loops import SWEEP_S, idle
from connective.modules.dialogs.service import Key
from connective.modules.turns import locating
from connective.modules.turns.claims import claimant
from connective.modules.turns.events import InboundDead
from connective.modules.turns.models import inbound_backlog
from connective.modules.turns.queries import backlog, lines
from connective.modules.turns.queue import queue
from connective.modules.turns.work import Arrived, Taken, Work

AFTER_S = 0.5
GROUP = 200
TRIES = 2
# Processes that lost the database with us are back by then.
JUDGES_AFTER_S = 5.0
log = logging.getLogger(__name__)
_event: msgspec.json.Decoder[Any] = msgspec.json.Decoder(AnyInbound)
_encode = msgspec.json.Encoder().encode
# What this process has outlived and could not write: events taken, events whose try counts not.
_owed: list[tuple[Sequence[int], Sequence[int]]] = []


def wanted() -> bool:
    """Whether events have to go aside now, because those before them wait too long."""
    return queue().waiting_s > AFTER_S


async def store(key: Key, event: AnyInbound) -> None:
    """Keep an event for the sweep; durable when this returns."""
    async with unit_of_work() as ctx:
        await _put(ctx, key, event)


async def _put(ctx: Ctx, key: Key, event: AnyInbound) -> None:
    driver = await ctx.driver()
    await backlog.put(driver, key, event.external_id, _encode(event).decode(), ctx.now)
    ctx.wakes("aside")


async def pass_by(ctx: Ctx, group: Sequence[Work]) -> list[Work]:
    """What of a group may go on; an event whose chat has others aside goes behind them."""
    keys = {work.key for work in group if isinstance(work.what, Arrived) and not work.swept}
    late = await backlog.chats(await ctx.driver(), sorted(keys)) if keys else set()
    on: list[Work] = []
    for work in group:
        if work.key in late and isinstance(work.what, Arrived) and not work.swept:
            await _put(ctx, work.key, work.what.event)
        else:
            on.append(work)
    return on


async def run(stop: asyncio.Event) -> None:
    """Take what stands aside until the stop."""
    async with claimant() as owner:
        began = clock.monotonic()
        with wake.waiter("aside") as woken:
            while not stop.is_set():
                judging = clock.monotonic() - began > JUDGES_AFTER_S
                taken = await sweep(owner, judging=judging)
                if taken < GROUP:
                    await idle(stop, woken, SWEEP_S)


async def sweep(owner: int, *, judging: bool = True) -> int:
    """Take one group; gives how many of it stand aside no longer."""
    await _pay()
    async with unit_of_work() as ctx:
        rows = await backlog.claim(await ctx.driver(), owner, GROUP)
    gone = 0
    for row in filter(_suspect, rows):
        if row["attempts"] < TRIES:
            gone += await _try(row)
        elif judging:
            await bury(row, "it was being processed when the process died, again and again")
            gone += 1
        else:
            await _release(row)
    return gone + await _take([row for row in rows if not _suspect(row)])


def _suspect(row: Any) -> bool:
    return bool(row["interrupted"] or row["attempts"])


async def _try(row: Any) -> int:
    """Take an event by itself; the try is noted before it is made."""
    tried = update(inbound_backlog).where(inbound_backlog.c.id == row["id"])
    try:
        async with unit_of_work() as ctx:
            await ctx.db.execute(tried.values(attempts=inbound_backlog.c.attempts + 1))
    except Exception:
        _owed.append(((), [row["id"]]))  # it may have been noted all the same
        raise
    return await _take([row])


async def _release(row: Any) -> None:
    async with unit_of_work() as ctx:
        own = update(inbound_backlog).where(inbound_backlog.c.id == row["id"])
        await ctx.db.execute(own.values(owner=None))


async def _pay() -> None:
    """Write what we owe. By now others may have claimed the events: that they may keep."""
    table = inbound_backlog
    while _owed:
        done, again = _owed[0]
        async with unit_of_work() as ctx:
            await ctx.db.execute(delete(table).where(table.c.id.in_(done)))
            outlived = update(table).where(table.c.id.in_(again))
            await ctx.db.execute(outlived.values(attempts=func.greatest(table.c.attempts - 1, 0)))
        _owed.pop(0)


async def _take(rows: Sequence[Any]) -> int:
    """Take events in their order; from the first that the queue refuses on, all wait again."""
    outcomes = await asyncio.gather(*_submitted(rows), return_exceptions=True)
    done: list[int] = []
    again = [row["id"] for row in rows[len(outcomes) :]]
    for row, outcome in zip(rows, outcomes, strict=False):
        if not isinstance(outcome, BaseException):
            done.append(row["id"])
        elif is_outage(outcome):
            again.append(row["id"])
        else:
            await bury(row, repr(outcome))
    try:
        await _settle(done, again)
    except Exception:
        _owed.append((done, again))
        raise
    return len(rows) - len(again)


def _submitted(rows: Sequence[Any]) -> "list[asyncio.Future[Taken]]":
    line, futures = queue(), list[asyncio.Future[Taken]]()
    for row in rows:
        try:
            futures.append(line.submit(_work(row)))
        except errors.Unavailable:
            break
        except msgspec.DecodeError as failure:
            futures.append(asyncio.get_running_loop().create_future())
            futures[-1].set_exception(failure)
    return futures


async def _settle(done: Sequence[int], again: Sequence[int]) -> None:
    """Forget what was taken; give back what was not, as if it had not been tried."""
    table = inbound_backlog
    before = func.greatest(table.c.attempts - 1, 0)
    async with unit_of_work() as ctx:
        await ctx.db.execute(delete(table).where(table.c.id.in_(done)))
        released = update(table).where(table.c.id.in_(again))
        await ctx.db.execute(released.values(attempts=before, owner=None))


def _work(row: Any) -> Work:
    event = _event.decode(row["event"])
    return Work(
        key=(row["account_id"], row["chat_id"]),
        what=Arrived(event),
        newcomer=locating.newcomer(event),
        swept=True,
    )


async def standing() -> Finding:
    """How many events nobody could take, for the page of the system's state."""
    async with unit_of_work() as ctx:
        found = await lines.waiting(ctx.db, ctx.now)
    dead = next(line.depth for line in found if line.name == "dead")
    return Finding("error" if dead else "ok", "dead" if dead else "well", {"dead": dead})


async def bury(row: Any, error: str) -> None:
    """Put an event that cannot be taken where people see it."""
    log.error("inbound event %d is dead: %s", row["id"], error)
    async with unit_of_work() as ctx:
        changed = update(inbound_backlog).where(inbound_backlog.c.id == row["id"])
        await ctx.db.execute(changed.values(status="dead", error=error, owner=None))
        ctx.emit("inbound.dead", InboundDead(row["id"], row["external_id"], error))
