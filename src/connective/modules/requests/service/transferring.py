"""Hands a request on: to another operator, to those of a topic, or back to the bot."""

from connective.kit import errors
from connective.kit.context import Ctx
from connective.modules.dialogs import service as dialogs
from connective.modules.requests.schemas.changes import Transfer
from connective.modules.requests.service import (
    capacity,
    choices,
    closing,
    departing,
    describing,
    naming,
    taking,
)
from connective.modules.requests.service.chat import Chat
from connective.modules.requests.service.giving import give, release
from connective.modules.requests.service.holding import hold, save
from connective.modules.requests.service.telling import line, state, system_line, system_note


async def transfer(ctx: Ctx, request_id: int, wanted: Transfer) -> Chat:
    """Hand it on, with a note for whoever gets it."""
    chat = await hold(ctx, request_id, action="requests.transfer")
    taking.need_unclosed(chat)
    taking.need_lead(ctx, chat)
    await departing.send_delayed(ctx, chat)
    if wanted.note:
        content = {"line": "transfer_note", "params": {"name": ctx.actor.name}}
        await system_note(ctx, chat, wanted.note, content)
    if wanted.to == "operator":
        await _to_operator(ctx, chat, wanted)
    elif wanted.to == "topic":
        await _to_topic(ctx, chat, wanted)
    else:
        await _to_bot(ctx, chat, wanted)
    await save(ctx, chat)
    return chat


async def _to_operator(ctx: Ctx, chat: Chat, wanted: Transfer) -> None:
    if wanted.operator_id is None:
        raise errors.Invalid("operator_needed", field="operator_id")
    if wanted.operator_id == chat.row.assignee_id:
        raise errors.Conflict("has_it_already", name=await naming.name(ctx, wanted.operator_id))
    who = await capacity.wanted(ctx, chat, wanted.operator_id, over_limit=True)
    await _said(ctx, chat, wanted, name=who.name)
    dialogs.tell(ctx, chat.thread, "chat_transferred", {"to": "operator"})
    await give(ctx, chat, who.id, auto=False)


async def _to_topic(ctx: Ctx, chat: Chat, wanted: Transfer) -> None:
    """It waits again: for distribution, or for somebody who takes it."""
    if wanted.subject_id is None:
        raise errors.Invalid("topic_needed", field="subject_id")
    await describing.set_topic(ctx, chat, wanted.subject_id, field="subject_id", hands_on=True)
    await _said(ctx, chat, wanted, name=await describing.topic_name(ctx, wanted.subject_id))
    dialogs.tell(ctx, chat.thread, "chat_transferred", {"to": "topic"})
    if await choices.auto_connects(ctx) or chat.row.state == "queue":
        await taking.back_to_queue(ctx, chat, "transferred")
        return
    if chat.row.assignee_id is not None:
        await release(ctx, chat, "transferred")
    chat.row.paused_until = chat.row.due_at = chat.row.due_what = None
    state(ctx, chat, "new")


async def _to_bot(ctx: Ctx, chat: Chat, wanted: Transfer) -> None:
    """The chat is over; the scenario goes on at the alias, or with the client's next message."""
    await _said(ctx, chat, wanted, name=wanted.alias or "")
    dialogs.tell(ctx, chat.thread, "chat_transferred", {"to": "bot"})
    await closing.end(
        ctx, chat, by="bot", reason="transferred", alias=wanted.alias, stays=not wanted.alias
    )


async def _said(ctx: Ctx, chat: Chat, wanted: Transfer, *, name: str) -> None:
    """The line of the history and the line in the conversation."""
    to = wanted.operator_id or wanted.subject_id or wanted.alias
    line(ctx, chat, "transfer", field=wanted.to, old=chat.row.assignee_id, new=to, text=wanted.note)
    await system_line(ctx, chat, f"transferred_to_{wanted.to}", by=ctx.actor.name, name=name)
