"""Sends the messages that waited, in the order of their moments, each once.

A message and the end of its wait are one transaction, under the lock of its dialog: a kill between
them leaves both undone, and two processes never send the same.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy import update

from connective.kit import auth_policy, errors
from connective.kit.auth_policy import Actor
from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.modules.requests.conversation import queries as said
from connective.modules.requests.events import ScheduledChanged
from connective.modules.requests.models import scheduled_messages
from connective.modules.requests.scheduled import queries
from connective.modules.requests.schemas.talk import FileRef, NewMessage
from connective.modules.requests.service import capacity, talking
from connective.modules.requests.service.chat import Chat
from connective.modules.requests.service.holding import hold, save
from connective.modules.requests.service.telling import emit, line

CHANGED, REMOVED = "scheduled_message.changed", "scheduled_message.removed"


async def send_next(ctx: Ctx, request_id: int) -> bool:
    """The first message of a request whose moment has come; False when there is none."""
    chat = await hold(ctx, request_id, action=None)
    due = [row for row in await queries.waiting(ctx.db, request_id) if row.send_at <= ctx.now]
    if due:
        await _depart(ctx, chat, due[0])
    return bool(due)


async def send_delayed(ctx: Ctx, chat: Chat) -> None:
    """What could still be taken back goes out before its operator lets go of the chat."""
    for row in await queries.waiting(ctx.db, chat.id):
        if row.delayed:
            await _depart(ctx, chat, row)


async def send_now(ctx: Ctx, chat: Chat, row: AnyRow) -> None:
    """In the name of whoever asks for it."""
    message = await talking.say(ctx, chat, _words(row))
    await ends(ctx, chat, row, "sent", message_id=message.id)


async def _depart(ctx: Ctx, chat: Chat, row: AnyRow) -> None:
    """In its author's name, by what he may do now; a refusal is kept with the message."""
    before = await said.sent_before(ctx.db, chat.id, row.client_msg_id)
    if before is not None:
        await ends(ctx, chat, row, "sent", message_id=before)
        return
    try:
        with _acting(ctx, await _author(ctx, chat, row)):
            message = await talking.say(ctx, chat, _words(row), answers=row.delayed)
    except errors.Problem as refusal:
        await _refuse(ctx, chat, row, refusal.code)
    else:
        await ends(ctx, chat, row, "sent", message_id=message.id)


async def _author(ctx: Ctx, chat: Chat, row: AnyRow) -> Actor:
    who = await capacity.operator(ctx, row.author_id)
    if who is None:
        raise errors.Conflict("author_gone")
    if not auth_policy.can(who.actor, capacity.REPLY, chat.row):
        raise errors.Forbidden("not_your_chat")
    return who.actor


@contextmanager
def _acting(ctx: Ctx, actor: Actor) -> Iterator[None]:
    own, ctx.actor = ctx.actor, actor
    try:
        yield
    finally:
        ctx.actor = own


def _words(row: AnyRow) -> NewMessage:
    content = row.content or {}
    return NewMessage(
        client_msg_id=row.client_msg_id,
        text=row.text,
        parse_mode=content.get("parse_mode"),
        attachments=[
            FileRef(file_id=part["file_id"], name=part["name"])
            for part in content.get("attachments", ())
        ],
        reply_to=row.reply_to_id,
    )


async def _refuse(ctx: Ctx, chat: Chat, row: AnyRow, code: str) -> None:
    line(ctx, chat, "message_refused", field="send_at", old=row.send_at.isoformat(), text=code)
    await save(ctx, chat)
    await change(ctx, chat, row.id, state="refused", error=code)


async def ends(
    ctx: Ctx, chat: Chat, row: AnyRow, state: str, *, message_id: int | None = None
) -> None:
    """It waits no more; its words stand in the message that it became, or nowhere."""
    gone = {"text": "", "content": None, "error": None}
    await _write(ctx, row.id, {"state": state, "message_id": message_id, **gone})
    emit(ctx, chat, REMOVED, ScheduledChanged(row.id))


async def change(ctx: Ctx, chat: Chat, scheduled_id: int, **values: object) -> None:
    """Write what is new of a message that waits, or was refused, and tell."""
    await _write(ctx, scheduled_id, values)
    emit(ctx, chat, CHANGED, ScheduledChanged(scheduled_id))


async def _write(ctx: Ctx, scheduled_id: int, values: Mapping[str, object]) -> None:
    which = scheduled_messages.c.id == scheduled_id
    await ctx.db.execute(update(scheduled_messages).where(which).values(**values))
