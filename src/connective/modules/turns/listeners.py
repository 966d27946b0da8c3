"""Events that start scenarios: each plans one run, in the transaction that moves the cursor."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import msgspec
from sqlalchemy import update

from connective.contracts.event import TRIGGERING, Listener, LoggedEvent
from connective.engine import triggers
from connective.engine.arrivals import pending
from connective.engine.model import Begin
from connective.engine.walk import MAX_DEPTH
from connective.kit import clock
from connective.kit.context import Ctx
from connective.modules.dialogs import service as dialogs
from connective.modules.scenarios.service import programs, start_triggers
from connective.modules.scenarios.service.start_triggers import Listening
from connective.modules.turns import running
from connective.modules.turns.models import runs
from connective.modules.turns.queries import present
from connective.modules.turns.running import Target
from connective.modules.turns.steps import state_of
from connective.modules.turns.work import Origin

CHAT = "events"
ORIGIN = Origin(source="system")
# An event of no dialog that comes so soon after a run that an event started is taken for its doing.
AFTERMATH = timedelta(seconds=10)


async def start_scenarios(ctx: Ctx, events: Sequence[LoggedEvent]) -> None:
    """For each event the first trigger that it meets."""
    bot_ids = {event.bot_id for event in events if event.bot_id is not None}
    kinds = {event.kind for event in events}
    listening = await start_triggers.listening(ctx, sorted(bot_ids), sorted(kinds))
    for event in events if listening else ():
        for one in listening:
            if (one.bot_id, one.kind) == (event.bot_id, event.kind) and _met(one, event):
                await _plan(ctx, one, event)
                break


def _met(one: Listening, event: LoggedEvent) -> bool:
    return triggers.concerns(one.conditions, _shown(event), timezone=one.timezone)


def _shown(event: LoggedEvent) -> dict[str, Any]:
    """The event as the scenario reads it."""
    return {
        "id": event.id,
        "kind": event.kind,
        "at": clock.rfc3339(event.at),
        "dialog_id": event.dialog_id,
        "client_id": event.client_id,
        "data": event.data,
    }


async def _plan(ctx: Ctx, one: Listening, event: LoggedEvent) -> None:
    """In the dialog that the event is about, else in a chat of the system's own."""
    driver = await ctx.driver()
    place = await present.place_of(driver, event.dialog_id) if event.dialog_id else None
    begin = Begin(
        trigger="event",
        alias=one.alias or None,
        variables={"event": _shown(event)},
        depth=1 + (place.depth if place is not None else await _depth(ctx, one.bot_id, event)),
    )
    target = msgspec.structs.replace(running.of_system(one.bot_id, CHAT, begin), waits=True)
    if place is not None:
        target = Target(
            bot_id=one.bot_id,
            channel=place.channel,
            chat_id=place.chat_id,
            begin=begin,
            on_busy="skip",
            waits=True,
        )
    error = "too_deep" if begin.depth > MAX_DEPTH else None
    run_id = await running.promise(ctx)
    await running.plan(ctx, target, run_id=run_id, origin=ORIGIN, due_at=ctx.now, error=error)


async def _depth(ctx: Ctx, bot_id: int, event: LoggedEvent) -> int:
    """How many events led to this one of no dialog. What a person does begins a chain."""
    if event.actor["kind"] == "user":
        return 0
    place = running.of_system(bot_id, CHAT, Begin(trigger="event"))
    return await present.system_depth(
        await ctx.driver(), bot_id, place.channel, place.chat_id, since=event.at - AFTERMATH
    )


async def after_requests(ctx: Ctx, events: Sequence[LoggedEvent]) -> None:
    """A closed chat lets its scenario go on; a dialog that an operator took ends its run."""
    for event in events:
        if event.kind == "request.closed" and event.data.get("goes_on"):
            await _go_on(ctx, event)
        elif event.kind == "dialog.taken_over" and event.data.get("run_id"):
            ended = update(runs).where(runs.c.id == event.data["run_id"], runs.c.ended_at.is_(None))
            await ctx.db.execute(ended.values(status="done", ended_at=ctx.now))


async def _go_on(ctx: Ctx, event: LoggedEvent) -> None:
    driver = await ctx.driver()
    place = await present.place_of(driver, event.dialog_id or 0)
    if place is None or event.bot_id is None or not await _leads_on(ctx, event):
        return
    target = Target(
        bot_id=event.bot_id,
        channel=place.channel,
        chat_id=place.chat_id,
        begin=Begin(trigger="alias"),
        on_busy="skip",
        after_chat=True,
    )
    run_id = await running.promise(ctx)
    await running.plan(ctx, target, run_id=run_id, origin=ORIGIN, due_at=ctx.now)


async def _leads_on(ctx: Ctx, event: LoggedEvent) -> bool:
    """Whether anything was arranged: where the chat named nothing, a constant of the bot may."""
    if event.data.get("alias"):
        return True
    driver = await ctx.driver()
    bot = (await present.bots_now(driver, [event.bot_id or 0])).get(event.bot_id or 0)
    kept = await present.state_of_dialog(driver, event.dialog_id or 0)
    if bot is None or bot.version is None or kept is None:
        return False
    program = await programs.get(ctx.db, bot.id, bot.version, languages=bot.languages)
    return bool(pending(program, state_of(kept), program.languages[0]))


async def tell_subscriptions(ctx: Ctx, events: Sequence[LoggedEvent]) -> None:
    """The channel is told whether its chat may be written to."""
    driver = await ctx.driver()
    for event in events:
        key = await present.chat_of_contact(driver, event.data["contact_id"])
        thread = await dialogs.glance(ctx, key) if key is not None else None
        if thread is not None:
            said = {"status": event.data["status"], "reason": event.data["reason"]}
            dialogs.tell(ctx, thread, "subscription_changed", said)


LISTENERS = [
    Listener("start triggers", start_scenarios, TRIGGERING, from_start=False),
    Listener("after requests", after_requests, frozenset({"request.closed", "dialog.taken_over"})),
    Listener("subscriptions", tell_subscriptions, frozenset({"subscription.changed"})),
]
