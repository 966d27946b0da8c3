"""Starts runs from outside, now or later, and tells how a run stands."""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import insert, update

from connective.engine.model import Begin
from connective.kit import clock, errors, wake
from connective.kit.auth_policy import find
from connective.kit.context import Ctx, unit_of_work
from connective.kit.db.rows import AnyRow
from connective.modules.dialogs.service import Newcomer
from connective.modules.turns.models import run_ids, runs
from connective.modules.turns.queries import present, recorded
from connective.modules.turns.queue import queue
from connective.modules.turns.work import Origin, Started, Work

WAIT_S = 30.0
LOOK_S = 1.0
TOPIC = "timers"
NOBODY = Newcomer({})
# The custom channel is the only one in which we may speak to a chat that never wrote.
OPEN_CHANNEL = "custom_channel"


class Target(Struct, frozen=True, kw_only=True):
    """Where a run is to start: a bot, a chat of one of its channels, a node or an alias.

    `fixed`: it was planned for a moment of the calendar, not for a while after it was asked for.
    `after_chat`, `waits`: see `Started`.
    """

    bot_id: int
    channel: str
    chat_id: str
    begin: Begin
    on_busy: str = "send"
    profile: Mapping[str, str] = {}
    fixed: bool = False
    after_chat: bool = False
    waits: bool = False


class Standing(Struct, kw_only=True):
    """How a run stands: running, waiting for the client, or finished (or failed)."""

    state: str
    error: str | None = None
    output: dict[str, Any] | None = None


async def promise(ctx: Ctx) -> int:
    """An id for a run that is about to start."""
    return (await run_ids.take(ctx.db, 1))[0]


async def account_for(ctx: Ctx, target: Target) -> int:
    """The channel account of a target; refuses a channel or a chat that the bot does not have."""
    account = await present.account(ctx.db, target.bot_id, target.channel)
    if account is None:
        raise errors.Invalid("bad_channel", field="channel", channel=target.channel)
    if not account.enabled:
        raise errors.Conflict("channel_disabled")
    contact = await present.contact_exists(ctx.db, account.id, target.chat_id)
    if contact is None and target.channel != OPEN_CHANNEL:
        raise errors.NotFound("chat_not_found")
    if contact is not None and not contact.subscribed:
        raise errors.Conflict("unsubscribed")
    return int(account.id)


async def start(
    account_id: int, target: Target, *, run_id: int, origin: Origin, again: bool = False
) -> None:
    """Take the turn that starts a run; returns when it is committed.

    `again`: somebody may have started it before us; then nothing is done a second time.
    """
    work = Work(
        key=(account_id, target.chat_id),
        what=Started(
            begin=target.begin,
            run_id=run_id,
            origin=origin,
            on_busy=target.on_busy,
            again=again,
            after_chat=target.after_chat,
            waits=target.waits,
        ),
        newcomer=Newcomer(target.profile) if target.channel == OPEN_CHANNEL else None,
    )
    taken = await queue().submit(work)
    if taken.refused == "chat_not_found":
        raise errors.NotFound("chat_not_found")
    if taken.refused is not None:
        raise errors.Conflict(taken.refused)


def of_system(bot_id: int, name: str, begin: Begin) -> Target:
    """A run that concerns no client: it has a chat of its own, which keeps its variables."""
    return Target(
        bot_id=bot_id,
        channel=OPEN_CHANNEL,
        chat_id=f"system:{name}",
        begin=begin,
        profile={"display_name": name},
        fixed=True,
    )


async def plan(
    ctx: Ctx,
    target: Target,
    *,
    run_id: int,
    origin: Origin,
    due_at: datetime,
    error: str | None = None,
) -> None:
    """Keep a run for later, or for right after the commit; with an error only note it."""
    await ctx.db.execute(
        insert(runs).values(
            id=run_id,
            bot_id=target.bot_id,
            trigger=target.begin.trigger,
            node_id=target.begin.node_id,
            source=origin.source,
            key_id=origin.key_id,
            key_name=origin.key_name,
            address=origin.address,
            status="error" if error else "scheduled",
            error=error,
            ended_at=ctx.now if error else None,
            request=target,
            due_at=due_at,
            created_at=ctx.now,
        )
    )
    if due_at <= ctx.now:
        ctx.wakes(TOPIC)


async def cancel(ctx: Ctx, run_id: int) -> None:
    """Take back a planned run; 409 when it has begun."""
    row = find(ctx.actor, "runs.cancel", await recorded.run_locked(ctx.db, run_id))
    if row.status != "scheduled":
        raise errors.Conflict("run_not_scheduled", status=row.status)
    changed = update(runs).where(runs.c.id == run_id)
    await ctx.db.execute(changed.values(status="cancelled", ended_at=ctx.now))
    ctx.audit("run.cancelled", "run", run_id)


async def settled(run_id: int, *, within_s: float = WAIT_S) -> Standing:
    """How the run stands once it has ended or waits for its client, or when the time is up."""
    until = clock.monotonic() + within_s
    with wake.waiter("runs") as woken:
        while True:
            woken.clear()
            standing = await look(run_id)
            left = until - clock.monotonic()
            if standing.state != "running" or left <= 0 or wake.closing():
                return standing
            try:
                await asyncio.wait_for(woken.wait(), min(left, LOOK_S))
            except TimeoutError:
                continue


async def look(run_id: int) -> Standing:
    """How the run stands now."""
    async with unit_of_work() as ctx:
        row = await recorded.run_now(ctx.db, run_id)
    if row is None:
        return Standing(state="running")
    return Standing(state=state_of(row), error=row.error, output=row.output)


def state_of(row: AnyRow) -> str:
    """finished, waiting or running, from a run joined with its dialog."""
    if row.ended_at is not None or row.status == "cancelled":
        return "finished"
    waits = row.current_run_id == row.id and row.waiting in ("input", "keyboard", "delay")
    return "waiting" if waits else "running"
