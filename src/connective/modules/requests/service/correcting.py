"""Changes and takes back what an operator said, and sends again what did not arrive."""

from datetime import timedelta
from typing import Final

from connective.contracts.channel import CHANNELS
from connective.contracts.outbound import Author
from connective.kit import auth_policy, errors, wording
from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.kit.outbox.again import send_again
from connective.kit.outbox.models import deliveries
from connective.modules.dialogs import service as dialogs
from connective.modules.requests.conversation import queries
from connective.modules.requests.reading.service import shown_messages
from connective.modules.requests.schemas.talk import EditMessage, RequestMessage
from connective.modules.requests.service import taking, talking
from connective.modules.requests.service.chat import PREVIEW, Chat
from connective.modules.requests.service.holding import hold, save
from connective.modules.requests.service.telling import line

NOTE: Final = "note"


async def edit(ctx: Ctx, request_id: int, message_id: int, new: EditMessage) -> RequestMessage:
    """Other words for one's own message; the channel is told where it can be."""
    chat, row = await _own(ctx, request_id, message_id)
    if not _is_his(ctx, row):
        raise errors.Forbidden("not_your_message")
    if not new.text.strip():
        raise errors.Invalid("nothing_to_send", field="text")
    if row.direction != NOTE:
        _need_change(chat, row, "edit")
        _need_room(chat.thread.channel, row, new.text)
        told = {"message_id": f"m_{row.id}", "text": new.text}
        dialogs.tell(ctx, chat.thread, "message_edited", told)
    line(ctx, chat, "message_edited", field=f"m_{row.id}", old=row.text, new=new.text)
    return await _changed(ctx, chat, row, new.text)


async def delete(ctx: Ctx, request_id: int, message_id: int) -> RequestMessage:
    """Take one's own message back; another's with the right to assign."""
    chat, row = await _own(ctx, request_id, message_id)
    if not _is_his(ctx, row) and not auth_policy.can(ctx.actor, taking.ASSIGN, chat.row):
        raise errors.Forbidden("not_your_message")
    if row.direction != NOTE and row.status != "failed":
        _need_change(chat, row, "delete")
        _need_fresh(ctx, chat, row)
        dialogs.tell(ctx, chat.thread, "message_deleted", {"message_id": f"m_{row.id}"})
    line(ctx, chat, "message_deleted", field=f"m_{row.id}", old=row.text)
    return await _changed(ctx, chat, row, None)


async def retry(ctx: Ctx, request_id: int, message_id: int) -> RequestMessage:
    """Send a message again that did not arrive: the same call, or where it did arrive a new one."""
    chat, row = await _own(ctx, request_id, message_id)
    taking.need_unclosed(chat)
    taking.need_lead(ctx, chat)
    if row.direction == NOTE or row.status != "failed":
        raise errors.Conflict("not_failed", status=row.status)
    thread = chat.thread
    again = await send_again(
        ctx.db,
        deliveries.c.endpoint_id == thread.endpoint_id,
        deliveries.c.lane == thread.chat_id,
        deliveries.c.message_id == row.id,
        deliveries.c.delivered_at.is_(None),
        now=ctx.now,
    )
    ctx.wakes("outbox")
    if not again:
        author = Author(kind="operator", id=row.author_id, name=row.author_name)
        out = talking.outgoing(ctx, thread, row.id, row.text, row.content or {}, author)
        dialogs.post_again(ctx, thread, out)
    await dialogs.set_status(ctx, row.id, "queued", None)
    line(ctx, chat, "message_retried", field=f"m_{row.id}")
    await save(ctx, chat)
    return await _shown(ctx, row.id)


async def _own(ctx: Ctx, request_id: int, message_id: int) -> tuple[Chat, AnyRow]:
    """A message that an operator wrote in this request, held with it."""
    found = await queries.message(ctx.db, message_id)
    is_note = found is not None and found.direction == NOTE
    chat = await hold(ctx, request_id, action="requests.note" if is_note else "requests.reply")
    row = await queries.message(ctx.db, message_id)
    if row is None or row.request_id != request_id or row.author_kind != "operator":
        raise errors.NotFound("not_found")
    if row.deleted_at is not None:
        raise errors.Conflict("message_gone")
    return chat, row


def _is_his(ctx: Ctx, row: AnyRow) -> bool:
    return ctx.actor.kind == "user" and row.author_id == ctx.actor.id


def _need_change(chat: Chat, row: AnyRow, feature: str) -> None:
    taking.need_unclosed(chat)
    channel = CHANNELS[chat.thread.channel]
    if feature not in channel.features:
        raise errors.Conflict("channel_cannot", channel=channel.title)
    if row.status == "failed":
        raise errors.Conflict("message_not_sent")


def _need_fresh(ctx: Ctx, chat: Chat, row: AnyRow) -> None:
    """Some channels take back only what was said lately."""
    channel = CHANNELS[chat.thread.channel]
    hours = channel.limits.get("delete_hours")
    if hours is not None and row.created_at < ctx.now - timedelta(hours=hours):
        raise errors.Conflict("too_old_to_delete", channel=channel.title, hours=hours)


def _need_room(channel: str, row: AnyRow, text: str) -> None:
    """Other words have no more room than the message has now: its parts, or below its files."""
    limits = CHANNELS[channel].limits
    most = limits["text"]
    if (row.content or {}).get("attachments") and len(row.text) <= limits.get("caption", 0):
        most = limits["caption"]
    parts = max(1, len(wording.pieces(row.text, most)))
    if len(wording.pieces(text, most)) > parts:
        raise errors.Invalid("edit_too_long", field="text", limit=most * parts)


async def _changed(ctx: Ctx, chat: Chat, row: AnyRow, text: str | None) -> RequestMessage:
    await dialogs.change(ctx, chat.thread, row.id, row.direction, text=text, request_id=chat.id)
    if chat.row.last_seq == row.seq:
        chat.row.last_text = (text or "")[:PREVIEW]
    await save(ctx, chat)
    return await _shown(ctx, row.id)


async def _shown(ctx: Ctx, message_id: int) -> RequestMessage:
    row = await queries.message(ctx.db, message_id)
    if row is None:
        raise errors.NotFound("not_found")
    (shown,) = await shown_messages(ctx, [row])
    return shown
