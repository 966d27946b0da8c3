"""What operators say: a reply goes to the client through his channel, a note stays in the panel."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

import msgspec
from sqlalchemy import delete, insert

from connective.contracts.channel import CHANNELS, text_limit
from connective.contracts.inbound import MessageKind
from connective.contracts.outbound import Author, OutMessage
from connective.kit import clock, errors
from connective.kit.context import Ctx
from connective.modules.dialogs import service as dialogs
from connective.modules.dialogs.service import MessageRow, Thread
from connective.modules.files import service as files
from connective.modules.files.schemas import File
from connective.modules.requests.conversation import queries, window
from connective.modules.requests.conversation.quoting import words_of
from connective.modules.requests.models import sent_once
from connective.modules.requests.reading.service import shown_messages
from connective.modules.requests.schemas.talk import NewMessage, RequestMessage
from connective.modules.requests.service import (
    author_names,
    buttons,
    formatting,
    forwarding,
    mentioning,
    taking,
)
from connective.modules.requests.service.chat import PREVIEW, Chat
from connective.modules.requests.service.holding import hold, save
from connective.modules.requests.service.telling import state

KEPT: Final = timedelta(days=30)
_KINDS: Final[tuple[MessageKind, ...]] = ("image", "video", "audio")


async def reply(ctx: Ctx, request_id: int, new: NewMessage) -> tuple[RequestMessage, bool]:
    """Say something in a request; the answer tells whether it is said now or was before.

    A repeat of a `client_msg_id` gives the message as it was when it was taken.
    """
    is_note = new.kind == "note"
    chat = await hold(ctx, request_id, action="requests.note" if is_note else "requests.reply")
    before = await queries.sent_before(ctx.db, request_id, new.client_msg_id)
    if before is not None:
        return await _taken(ctx, before), False
    new = await worded(ctx, chat, new)
    attached = await files_of(ctx, new)
    if is_note:
        row = await _row(ctx, chat, new, attached, Author(kind="operator", id=ctx.actor.id))
        row.author_name = ctx.actor.name
        dialogs.post_note(ctx, chat.page, chat.thread, row)
        row.request_id = chat.id
    else:
        row = await _send(ctx, chat, new, attached)
    await _stored(ctx, chat, new, row)
    await mentioning.tell(ctx, row)
    return await _taken(ctx, row.id), True


async def say(ctx: Ctx, chat: Chat, new: NewMessage, *, answers: bool = True) -> MessageRow:
    """A message to the client of a held chat, which is stored with it; refused before any change.

    Unless it `answers`, nobody takes the chat by it, and what the client said stays unread.
    """
    new = await worded(ctx, chat, new)
    row = await _send(ctx, chat, new, await files_of(ctx, new), answers=answers)
    await _stored(ctx, chat, new, row)
    return row


async def worded(ctx: Ctx, chat: Chat, new: NewMessage) -> NewMessage:
    """The words that are said: those of the message that is forwarded, with the channel's marks."""
    return formatting.dressed(chat.thread.channel, await forwarding.unfolded(ctx, new))


async def _stored(ctx: Ctx, chat: Chat, new: NewMessage, row: MessageRow) -> None:
    await save(ctx, chat)
    once = {"request_id": chat.id, "client_msg_id": new.client_msg_id, "message_id": row.id}
    await ctx.db.execute(insert(sent_once).values(at=ctx.now, **once))


async def forget_old(ctx: Ctx) -> None:
    """Drop ids under which nobody sends again any more."""
    await ctx.db.execute(delete(sent_once).where(sent_once.c.at < ctx.now - KEPT))


async def _taken(ctx: Ctx, message_id: int) -> RequestMessage:
    """The message as it was taken: what became of it since is told by its events."""
    row = await queries.message(ctx.db, message_id)
    if row is None:
        raise errors.NotFound("not_found")
    (shown,) = await shown_messages(ctx, [row])
    return msgspec.structs.replace(shown, status=_first_status(row.direction), error=None)


def _first_status(direction: str) -> str:
    return "sent" if direction == "note" else "queued"


async def files_of(ctx: Ctx, new: NewMessage) -> list[dict[str, Any]]:
    """`{file_id, type, url, mime, name, size, expires_at}` of each file; 422 for nothing at all.

    Files are known by their public ids alone: a number could be anybody's.
    """
    if not new.text.strip() and not new.attachments:
        raise errors.Invalid("nothing_to_send", field="text")
    names = [ref.file_id for ref in new.attachments]
    found = await files.find_public(ctx, names) if names else {}
    lost = [name for name in names if name not in found]
    if lost:
        raise errors.Invalid("unknown_files", field="attachments", files=", ".join(lost))
    return [_part(ctx, found[ref.file_id], ref.name) for ref in new.attachments]


def _part(ctx: Ctx, file: File, name: str) -> dict[str, Any]:
    sent = files.sent_out(file, name=name, now=ctx.now)
    return {"file_id": file.public_id, "type": _kind_of(file.mime), **sent}


def _kind_of(mime: str) -> MessageKind:
    kind = mime.partition("/")[0]
    return next((known for known in _KINDS if known == kind), "document")


def _kind(attached: Sequence[dict[str, Any]]) -> MessageKind:
    """Of a message: text, what all of its files are, or documents."""
    kinds: set[MessageKind] = {part["type"] for part in attached}
    if not kinds:
        return "text"
    return kinds.pop() if len(kinds) == 1 else "document"


async def _row(
    ctx: Ctx, chat: Chat, new: NewMessage, attached: list[dict[str, Any]], author: Author
) -> MessageRow:
    (message_id,) = await dialogs.message_ids_for(ctx, 1)
    is_note = new.kind == "note"
    content = {
        "client_msg_id": new.client_msg_id,
        "parse_mode": new.parse_mode,
        "attachments": attached,
        "forwarded": await forwarding.source(ctx, new.forward),
        "mentions": await mentioning.named(ctx, chat.row, new),
        "keyboard": None if is_note else buttons.keyboard(chat.row.source, chat.thread.language),
        "reply_to": await reply_to(ctx, chat.thread, new.reply_to),
    }
    return MessageRow(
        id=message_id,
        dialog_id=chat.thread.id,
        seq=0,
        direction="note" if is_note else "out",
        kind="note" if is_note else _kind(attached),
        author_kind="operator",
        author_id=author.id,
        author_name=author.name,
        created_at=ctx.now,
        status=_first_status("note" if is_note else "out"),
        text=new.text,
        content={name: value for name, value in content.items() if value},
    )


async def reply_to(ctx: Ctx, thread: Thread, message_id: int | None) -> str | None:
    """The name under which the channel knows the message that is answered."""
    if message_id is None:
        return None
    channel = CHANNELS[thread.channel]
    if "reply" not in channel.features:
        raise errors.Conflict("channel_cannot_reply", channel=channel.title)
    found = await dialogs.find_message(ctx, thread, f"m_{message_id}")
    if found is None or found.direction == "note":
        raise errors.Invalid("no_such_reply", field="reply_to", message=message_id)
    theirs: str | None = found.external_id if found.direction == "in" else None
    return theirs or f"m_{message_id}"


async def _send(
    ctx: Ctx, chat: Chat, new: NewMessage, attached: list[dict[str, Any]], *, answers: bool = True
) -> MessageRow:
    await may_speak(ctx, chat, new.text)
    await window.need_open(ctx, chat.thread.channel, chat.thread.id)
    author = await author_names.author(ctx, chat.thread.channel, chat.thread.bot_id)
    row = await _row(ctx, chat, new, attached, author)
    if answers and chat.row.assignee_id is None and ctx.actor.kind == "user":
        await taking.claim(ctx, chat)
    out = outgoing(ctx, chat.thread, row.id, row.text, row.content or {}, author)
    dialogs.post_out(ctx, chat.page, chat.thread, row, out)
    _said(ctx, chat, row)
    if answers:
        _answered(ctx, chat)
    return row


def outgoing(
    ctx: Ctx, thread: Thread, message_id: int, text: str, content: dict[str, Any], author: Author
) -> OutMessage:
    """An operator's message as it goes to the channel."""
    attached = content.get("attachments", [])
    return OutMessage(
        id=message_id,
        bot_id=thread.bot_id,
        chat_id=thread.chat_id,
        user_id=thread.person.user_id,
        at=clock.epoch_ms(ctx.now),
        kind=_kind(attached),
        author=author,
        text=text,
        parse_mode=content.get("parse_mode"),
        attachments=[_outside(part) for part in attached],
        keyboard=content.get("keyboard"),
        reply_to=content.get("reply_to"),
    )


def _outside(part: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in part.items() if name != "file_id"}


async def may_speak(ctx: Ctx, chat: Chat, text: str) -> None:
    """Refuse what could not be said in a chat now, but for what its channel's hours forbid."""
    thread = chat.thread
    taking.need_unclosed(chat)
    taking.need_lead(ctx, chat)
    if thread.person.blocked:
        raise errors.Conflict("client_blocked")
    if thread.person.has_left:
        raise errors.Conflict("client_left", channel=CHANNELS[thread.channel].title)
    if not await queries.account_enabled(ctx.db, thread.account_id):
        raise errors.Conflict("channel_off", channel=CHANNELS[thread.channel].title)
    check_length(thread.channel, text)


def check_length(channel: str, text: str) -> None:
    """Refuse a text that the channel would."""
    limit = text_limit(channel)
    if limit is not None and len(text) > limit:
        raise errors.Invalid("text_too_long", field="text", limit=limit, length=len(text))


def _said(ctx: Ctx, chat: Chat, said: MessageRow) -> None:
    """The last words of the chat are ours."""
    row = chat.row
    row.last_reply_at = row.last_message_at = ctx.now
    row.last_seq, row.last_author = said.seq, "operator"
    row.last_text = words_of(said)[:PREVIEW]


def _answered(ctx: Ctx, chat: Chat) -> None:
    """The client has his answer: nothing is unread, and nobody waits."""
    row = chat.row
    row.first_reply_at = row.first_reply_at or ctx.now
    row.unread = 0
    if row.state == "open":
        state(ctx, chat, "in_progress")
