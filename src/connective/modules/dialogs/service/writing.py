"""The one place where messages and their outgoing calls are written, whoever speaks."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import update

from connective.contracts.channel import CHANNELS, Channel
from connective.contracts.outbound import OutEvent, OutMessage, ProviderCall
from connective.kit import clock
from connective.kit.context import Ctx
from connective.kit.db import bulk
from connective.kit.outbox.again import lane_due_now
from connective.kit.outbox.append import Outgoing
from connective.modules.clients import service as clients
from connective.modules.dialogs.events import DialogChanged, MessageChanged, MessageCreated
from connective.modules.dialogs.models import messages
from connective.modules.dialogs.queries import said
from connective.modules.dialogs.service import outside
from connective.modules.dialogs.thread import MessageRow, Thread

NOTE = "note"
_encode = msgspec.json.Encoder().encode

_MESSAGE_COLUMNS = tuple(field.name for field in msgspec.structs.fields(MessageRow))
# The state is text: an object of it keeps the order of its keys.
_DIALOGS = """
UPDATE dialogs SET owner = t.owner, epoch = t.epoch, seq = t.seq, state = t.state,
    waiting = t.waiting, node_id = t.node_id, run_id = t.run_id, call_id = t.call_id,
    request_id = t.request_id, parked = t.parked, deadline_at = t.deadline_at,
    language = t.language,
    last_message_id = t.last_message_id, last_message_at = t.last_message_at
FROM json_to_recordset($1)
     AS t(id bigint, owner text, epoch int, seq bigint, state json, waiting text, node_id bigint,
          run_id bigint, call_id text, request_id bigint, parked int, deadline_at timestamptz,
          language text,
          last_message_id bigint, last_message_at timestamptz)
WHERE dialogs.id = t.id
"""


class Page(Struct):
    """Messages gathered for one write."""

    rows: list[MessageRow]


def post_in(ctx: Ctx, page: Page, thread: Thread, row: MessageRow) -> None:
    """A message of the client takes the next place in the dialog."""
    _place(ctx, page, thread, row)


def post_out(
    ctx: Ctx,
    page: Page,
    thread: Thread,
    row: MessageRow,
    out: OutMessage,
    *,
    not_before: datetime | None = None,
    allowed_always: bool = False,
) -> None:
    """A message of ours takes the next place and goes into the chat's lane."""
    _place(ctx, page, thread, row)
    for call in channel_of(thread).render(out):
        _send(ctx, thread, call, message_id=row.id, not_before=not_before, always=allowed_always)


def post_again(ctx: Ctx, thread: Thread, out: OutMessage) -> None:
    """A message that has its place goes into the chat's lane once more, as a new delivery."""
    for call in channel_of(thread).render(out):
        _send(ctx, thread, call, message_id=out.id)


def post_note(ctx: Ctx, page: Page, thread: Thread, row: MessageRow) -> None:
    """A note or a line of the system takes the next place; the channel is told nothing of it."""
    row.direction = NOTE
    _place(ctx, page, thread, row)


def tell(ctx: Ctx, thread: Thread, name: str, data: dict[str, Any]) -> None:
    """Tell the channel something other than a message: typing, an edit, an operator's coming."""
    event = OutEvent(
        name=name,
        bot_id=thread.bot_id,
        chat_id=thread.chat_id,
        user_id=thread.person.user_id,
        at=clock.epoch_ms(ctx.now),
        data=data,
    )
    for call in channel_of(thread).render_event(event):
        _send(ctx, thread, call)


async def heard(ctx: Ctx, thread: Thread) -> None:
    """The client has written: what waited for that goes out now, where a channel waits for it."""
    if "waits_for_reply" in channel_of(thread).features:
        await lane_due_now(ctx.db, thread.endpoint_id, thread.chat_id, now=ctx.now)
        ctx.wakes("outbox")


def channel_of(thread: Thread) -> Channel:
    return CHANNELS[thread.channel]


def _place(ctx: Ctx, page: Page, thread: Thread, row: MessageRow) -> None:
    thread.seq += 1
    row.seq, row.request_id = thread.seq, thread.request_id
    if row.direction != NOTE:
        thread.last_message_id, thread.last_message_at = row.id, row.created_at
    page.rows.append(row)
    ctx.emit(
        "message.created",
        MessageCreated(row.id, row.seq, row.direction, row.author_kind),
        bot_id=thread.bot_id,
        dialog_id=thread.id,
        client_id=thread.person.client_id,
        request_id=thread.request_id,
    )


def _send(
    ctx: Ctx,
    thread: Thread,
    call: ProviderCall,
    *,
    message_id: int | None = None,
    not_before: datetime | None = None,
    always: bool = False,
) -> None:
    ctx.send(
        Outgoing(
            endpoint_id=thread.endpoint_id,
            kind=thread.channel,
            event_name=call.event_name,
            lane=thread.chat_id,
            body=call.body,
            bot_id=thread.bot_id,
            chat_id=thread.chat_id,
            message_id=message_id,
            epoch=None if always or not_before is None else thread.epoch,
            ordered=call.ordered,
            not_before=not_before,
        )
    )


async def write(ctx: Ctx, page: Page, threads: Sequence[Thread]) -> None:
    """Write the gathered messages and the threads as they are now, sorted by key."""
    driver = await ctx.driver()
    if page.rows:
        rows = sorted(page.rows, key=lambda row: row.id)
        await bulk.insert(driver, "messages", _MESSAGE_COLUMNS, map(_columns, rows))
    if threads:
        ordered = sorted(threads, key=lambda thread: thread.id)
        await outside.note(ctx, ordered)
        await driver.execute(_DIALOGS, _encode([thread.kept() for thread in ordered]).decode())
        await clients.save(ctx, [thread.person for thread in ordered])
        spoken = {row.dialog_id for row in page.rows}
        for thread in ordered:
            if thread.id not in spoken:
                _tell_changed(ctx, thread)


def _tell_changed(ctx: Ctx, thread: Thread) -> None:
    """Where no message tells it; a message's event shows the dialog too."""
    ctx.emit(
        "dialog.changed",
        DialogChanged(thread.waiting),
        bot_id=thread.bot_id,
        dialog_id=thread.id,
        client_id=thread.person.client_id,
    )


def _columns(row: MessageRow) -> tuple[Any, ...]:
    if row.content is not None:
        row = msgspec.structs.replace(row, content=_encode(row.content).decode())
    return msgspec.structs.astuple(row)


async def change(
    ctx: Ctx,
    thread: Thread,
    message_id: int,
    direction: str,
    *,
    text: str | None,
    request_id: int | None = None,
) -> None:
    """Edit a message's text, or mark it as taken back when there is none.

    Other words are plain: the marks of the former ones go.
    """
    plain = {
        "text": text,
        "edited_at": ctx.now,
        "content": messages.c.content.op("-")("parse_mode"),
    }
    values: dict[str, Any] = {"deleted_at": ctx.now} if text is None else plain
    changed = update(messages).where(messages.c.id == message_id).values(**values)
    own = (await ctx.db.execute(changed.returning(messages.c.request_id))).scalar_one_or_none()
    ctx.emit(
        "message.deleted" if text is None else "message.edited",
        MessageChanged(message_id, direction),
        bot_id=thread.bot_id,
        dialog_id=thread.id,
        client_id=thread.person.client_id,
        request_id=own or thread.request_id,
    )


async def set_media(ctx: Ctx, message_id: int, media: dict[str, Any]) -> None:
    """Say what became of the file of a client's message."""
    row = await said.message_for_change(ctx.db, message_id)
    if row is None:
        return
    content = (row.content or {}) | {"media": media}
    changed = update(messages).where(messages.c.id == message_id)
    await ctx.db.execute(changed.values(content=content))
    ctx.emit(
        "message.media_changed",
        MessageChanged(message_id, row.direction),
        bot_id=row.bot_id,
        dialog_id=row.dialog_id,
        client_id=row.client_id,
        request_id=row.request_id or row.open_request_id,
    )
