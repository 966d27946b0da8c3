"""Inbound put aside: under load it is stored and acknowledged, and taken by a sweep, in order.

A chat that has something aside gets everything aside until the sweep has caught up: every turn
looks, in whatever process, so that nothing overtakes. An event is noted before it is tried: one
that has killed two processes is dead, kept and shown, and never tried again.
"""

import asyncio
import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import msgspec
from sqlalchemy import delete, update

from connective.contracts.channel import AnyInbound
from connective.kit import wake
from connective.kit.context import Ctx, unit_of_work
from connective.kit.http.problem import is_outage
from connective.kit.loops import idle
from connective.modules.dialogs.service import Key
from connective.modules.turns import locating, queries
from connective.modules.turns.events import InboundDead
from connective.modules.turns.models import inbound_backlog
from connective.modules.turns.queue import queue
from connective.modules.turns.work import Arrived, Work

AFTER_S = 0.5
SWEEP_S = 1.0
GROUP = 200
CLAIM_S = 60
TRIES = 2
log = logging.getLogger(__name__)
_event: msgspec.json.Decoder[Any] = msgspec.json.Decoder(AnyInbound)
_encode = msgspec.json.Encoder().encode


def wanted() -> bool:
    """Whether events have to go aside now, because those before them wait too long."""
    return queue().waiting_s > AFTER_S


async def store(key: Key, event: AnyInbound) -> None:
    """Keep an event for the sweep; durable when this returns."""
    async with unit_of_work() as ctx:
        await _put(ctx, key, event)


async def _put(ctx: Ctx, key: Key, event: AnyInbound) -> None:
    driver = await ctx.driver()
    await queries.put_aside(driver, key, event.external_id, _encode(event).decode(), ctx.now)
    ctx.wakes("aside")


async def pass_by(ctx: Ctx, group: Sequence[Work]) -> list[Work]:
    """What of a group may go on; an event whose chat has others aside goes behind them."""
    keys = {work.key for work in group if isinstance(work.what, Arrived) and not work.swept}
    late = await queries.chats_aside(await ctx.driver(), sorted(keys)) if keys else set()
    on: list[Work] = []
    for work in group:
        if work.key in late and isinstance(work.what, Arrived) and not work.swept:
            await _put(ctx, work.key, work.what.event)
        else:
            on.append(work)
    return on


async def run(stop: asyncio.Event) -> None:
    """Take what stands aside until the stop."""
    with wake.waiter("aside") as woken:
        while not stop.is_set():
            taken = await sweep()
            if taken < GROUP:
                await idle(stop, woken, SWEEP_S)


async def sweep() -> int:
    """Take one group; gives how many there were."""
    async with unit_of_work() as ctx:
        until = ctx.now + timedelta(seconds=CLAIM_S)
        rows = await queries.claim_aside(await ctx.driver(), ctx.now, until, GROUP)
    killers = [row for row in rows if row["attempts"] > TRIES]
    alive = [row for row in rows if row["attempts"] <= TRIES]
    await bury(killers, "it was being processed when the process died, twice")
    futures = [queue().submit(_work(row)) for row in alive]
    outcomes = await asyncio.gather(*futures, return_exceptions=True)
    await _settle(alive, outcomes)
    return len(rows)


def _work(row: Any) -> Work:
    event = _event.decode(row["event"])
    return Work(
        key=(row["account_id"], row["chat_id"]),
        what=Arrived(event),
        newcomer=locating.newcomer(event),
        swept=True,
    )


async def _settle(rows: Sequence[Any], outcomes: Sequence[Any]) -> None:
    done = [r["id"] for r, o in zip(rows, outcomes, strict=True) if not isinstance(o, Exception)]
    bad = [(r, o) for r, o in zip(rows, outcomes, strict=True) if isinstance(o, Exception)]
    again = [row["id"] for row, failure in bad if is_outage(failure)]
    async with unit_of_work() as ctx:
        table = inbound_backlog
        await ctx.db.execute(delete(table).where(table.c.id.in_(done)))
        retried = update(table).where(table.c.id.in_(again))
        await ctx.db.execute(retried.values(attempts=0, claimed_until=None))
    for row, failure in bad:
        if not is_outage(failure):
            await bury([row], repr(failure))


async def bury(rows: Sequence[Any], error: str) -> None:
    """Put events that cannot be taken where people see them."""
    if not rows:
        return
    log.error("%d inbound events are dead: %s", len(rows), error)
    async with unit_of_work() as ctx:
        ids = [row["id"] for row in rows]
        changed = update(inbound_backlog).where(inbound_backlog.c.id.in_(ids))
        await ctx.db.execute(changed.values(status="dead", error=error))
        for row in rows:
            ctx.emit("inbound.dead", InboundDead(row["id"], row["external_id"], error))
