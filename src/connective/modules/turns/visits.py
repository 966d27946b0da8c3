"""Clients who come by a link, and clients who want to hear no more: before a scenario is asked."""

import logging

import msgspec

from connective.contracts.inbound import Opened, SubscriptionChanged
from connective.engine import model
from connective.engine.triggers import folded, start_param
from connective.modules.clients.service import BLOCKED, Consent
from connective.modules.dialogs.service import Thread
from connective.modules.links import service as links
from connective.modules.links.service import Opening, Start
from connective.modules.requests import service as requests
from connective.modules.requests.service import LED_BY_BOT
from connective.modules.turns import steps
from connective.modules.turns.turn import Turn

log = logging.getLogger(__name__)
ENTRIES = ("entry", "start")
# Runs that speak to a client who has not asked for it.
UNASKED = ("call_node", "broadcast", "schedule")


async def met(turn: Turn, thread: Thread, message: model.Message) -> model.Event | None:
    """What a message means to the scenario; None when it is nothing for the scenario."""
    person = thread.person
    if person.has_left:
        person.consent(Consent(subscribed=True, why="start"))  # who writes blocks us no longer
    param = start_param(message.text)
    if param is None:
        return (
            await _farewell(turn, thread, message) if _wants_out(turn, thread, message) else message
        )
    if not param:
        person.consent(Consent(subscribed=True, why="start"))
        return message
    opening = await _opening(turn, thread, param)
    if opening.is_plain:
        return message
    return await _visited(turn, thread, opening, text=message.text)


async def opened(turn: Turn, thread: Thread, event: Opened) -> model.Event | None:
    """The same for a client who opened the chat, perhaps by a link, and has said nothing yet."""
    if event.subscribed:
        thread.person.consent(Consent(subscribed=True, why="start"))
    if not event.param:
        return None
    opening = await _opening(turn, thread, event.param, agreed=event.subscribed)
    return await _visited(turn, thread, opening, text="", later=not event.subscribed)


async def _opening(turn: Turn, thread: Thread, param: str, *, agreed: bool = True) -> Opening:
    """What a value stands for; it is kept of the client and counted."""
    found = await links.resolve(turn.ctx, thread.bot_id, param)
    if found.node_id is not None and not _is_entry(turn, thread, found.node_id):
        if found.code is None:
            found = Opening(param=param, doubt="entry_unknown")
        else:
            found = msgspec.structs.replace(found, node_id=None, doubt="entry_unknown")
    if found.doubt:
        log.warning("dialog %d was opened by %s: %s", thread.id, param[:80], found.doubt)
    _learn(thread, found, agreed=agreed)
    if found.code is not None:
        turn.rows.starts.append(Start(thread.bot_id, thread.channel, found.code))
    elif found.node_id is not None:
        turn.rows.starts.append(Start(thread.bot_id, thread.channel, node_id=found.node_id))
    return found


def _is_entry(turn: Turn, thread: Thread, node_id: int) -> bool:
    program = turn.programs.get(thread.bot_id)
    block = program.blocks.get(node_id) if program is not None else None
    return block is not None and block.kind.type in ENTRIES


def _learn(thread: Thread, found: Opening, *, agreed: bool) -> None:
    """Source, names in other systems, and the consent that the link stands for."""
    person = thread.person
    if found.utm:
        person.heard().utm = found.utm
    if found.external_ids:
        person.heard().external_ids.extend(found.external_ids)
        if not person.external_id:
            person.learn({"external_id": found.external_ids[0]})
    if not agreed:
        return
    person.consent(
        Consent(
            subscribed=True,
            why="link" if found.code else "start",
            code=found.code,
            text=found.text,
            address=found.address,
        )
    )


async def _visited(
    turn: Turn, thread: Thread, found: Opening, *, text: str, later: bool = False
) -> model.Event | None:
    visit = model.Visit(
        text=text,
        param=found.param,
        node_id=found.node_id,
        variables=found.variables,
        utm=found.utm,
        doubt=found.doubt,
        later=later,
    )
    if thread.owner in LED_BY_BOT:
        return visit
    await requests.note_line(
        turn.ctx, turn.page, thread, "link_opened", label=found.label or found.param
    )
    if turn.bots[thread.bot_id].active:
        await steps.feed(turn, thread, msgspec.structs.replace(visit, stays=True))
    return None


def _wants_out(turn: Turn, thread: Thread, message: model.Message) -> bool:
    words = turn.bots[thread.bot_id].unsubscribe_words
    return bool(words) and len(message.text) <= 64 and folded(message.text) in words


async def _farewell(turn: Turn, thread: Thread, message: model.Message) -> model.Event | None:
    """The client is written to no more; a scenario that knows the word answers itself."""
    thread.person.consent(Consent(subscribed=False, why="word", text=message.text))
    if thread.owner not in LED_BY_BOT:
        await requests.note_line(turn.ctx, turn.page, thread, "unsubscribed")
        return None
    program = turn.programs.get(thread.bot_id)
    if program is not None and program.triggers.find(message.text) is not None:
        return message
    return model.Farewell(text=message.text)


def subscription(thread: Thread, event: SubscriptionChanged) -> None:
    """The channel says that we may write, or may not."""
    why = event.reason or ("start" if event.on else BLOCKED)
    thread.person.consent(
        Consent(subscribed=event.on, why="start" if event.on else BLOCKED, text=why)
    )


def may_begin(thread: Thread, trigger: model.BeginTrigger) -> bool:
    """A client who wants to hear nothing is not written to first."""
    return thread.person.subscribed or trigger not in UNASKED
