"""The one way to hold a request and to write it: its row, its dialog, its history, its events.

Locks are taken in one order everywhere: the dialog, the request's row, operators by id.
"""

from collections.abc import Sequence
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import msgspec
from msgspec import Struct, field
from sqlalchemy import insert, update

from connective.kit import auth_policy, errors, i18n
from connective.kit.auth_policy import Actor
from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.modules.dialogs import service as dialogs
from connective.modules.dialogs.service import MessageRow, Page, Thread
from connective.modules.operators.service import loads
from connective.modules.requests import ownership, queries
from connective.modules.requests.events import (
    RequestChanged,
    RequestCreated,
    RequestReleased,
    RequestTaken,
    sight,
)
from connective.modules.requests.models import request_history, requests
from connective.modules.requests.service import naming

PREVIEW = 200
VIEW = "requests.view"


class Row(Struct, kw_only=True):
    """A request as it is in its table; fields are set freely until it is saved."""

    id: int
    state: str
    bot_id: int
    channel: str
    account_id: int
    dialog_id: int
    contact_id: int
    client_id: int
    created_at: datetime
    rev: int = 0
    type: str = "chat"
    direction: str = "inbound"
    subject_id: int | None = None
    group_ids: list[int] = field(default_factory=list)
    assignee_id: int | None = None
    taken_from_id: int | None = None
    participants: list[int] = field(default_factory=list)
    shown_to: str = auth_policy.OWN
    weight: int = 0
    tag_ids: list[int] = field(default_factory=list)
    comment: str = ""
    unread: int = 0
    first_seq: int = 0
    last_seq: int = 0
    last_text: str = ""
    last_author: str = ""
    waits_because: str | None = None
    continues: bool = False
    source: dict[str, Any] = field(default_factory=dict)
    close_reason: str | None = None
    closed_by: str | None = None
    closed_by_id: int | None = None
    queued_at: datetime | None = None
    assigned_at: datetime | None = None
    first_reply_at: datetime | None = None
    last_client_at: datetime | None = None
    last_reply_at: datetime | None = None
    last_message_at: datetime | None = None
    paused_until: datetime | None = None
    due_at: datetime | None = None
    due_what: str | None = None
    closed_at: datetime | None = None


# with these changes, something else is due
MOVES = {"state", "assignee_id", "subject_id", "group_ids", "last_reply_at", "unread"}
FIELDS = tuple(f.name for f in msgspec.structs.fields(Row))


class Chat(Struct, kw_only=True):
    """A held request: change `row`, `thread` and `page`, then `save`.

    `was` is the row as it is stored (None: not yet). `by` is who acts, where that is not the
    actor of the transaction. `in_turn`: the turn that holds the dialog writes thread and page.
    `beside` names what changed outside the row, for those who show it; `is_changed`: something
    was written.
    """

    row: Row
    thread: Thread
    page: Page
    was: Row | None = None
    by: Actor | None = None
    in_turn: bool = False
    announced: bool = False
    is_changed: bool = False
    lines: list[dict[str, Any]] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)

    @property
    def id(self) -> int:
        return self.row.id

    def changed(self) -> list[str]:
        """The columns that differ from what is stored."""
        if self.was is None:
            return list(FIELDS)
        return [name for name in FIELDS if getattr(self.row, name) != getattr(self.was, name)]


async def hold(ctx: Ctx, request_id: int, *, action: str | None, as_nobodys: bool = False) -> Chat:
    """A request under lock; 404 for what the actor may not do this action to, `None`: no rule.

    `as_nobodys`: the rule is asked as if nobody had the request, so that whoever saw it waiting
    learns who was quicker.
    """
    seen = await queries.seen(ctx.db, request_id)
    found = _allowed(ctx, seen, action, as_nobodys=as_nobodys)
    key = (found.account_id, found.chat_id)
    thread = (await dialogs.hold(ctx, {key: None}, wait=True)).get(key)
    if thread is None:
        raise errors.NotFound("not_found")
    rows = await queries.locked(ctx.db, [request_id])
    row = _allowed(ctx, rows[0] if rows else None, action, as_nobodys=as_nobodys)
    return _chat(row, thread, Page([]))


async def hold_of_dialog(ctx: Ctx, dialog_id: int) -> tuple[Thread, Chat | None]:
    """A dialog under lock with its unclosed request, when it has one. No rule is asked."""
    found = await queries.dialog(ctx.db, dialog_id)
    if found is None:
        raise errors.NotFound("not_found")
    key = (found.account_id, found.chat_id)
    thread = (await dialogs.hold(ctx, {key: None}, wait=True))[key]
    if thread is None:
        raise errors.NotFound("not_found")
    return thread, await of_thread(ctx, thread, Page([]))


async def of_threads(
    ctx: Ctx, threads: Sequence[Thread], *, page: Page | None = None
) -> list[Chat]:
    """The unclosed requests of dialogs that a turn holds, locked by rising id."""
    by_request = {thread.request_id: thread for thread in threads if thread.request_id is not None}
    rows = await queries.locked(ctx.db, sorted(by_request)) if by_request else []
    return [_chat(row, by_request[row.id], page or Page([]), in_turn=True) for row in rows]


async def closed_in_turn(ctx: Ctx, thread: Thread, page: Page, request_id: int) -> Chat | None:
    """An earlier request of a dialog that a turn holds."""
    rows = await queries.locked(ctx.db, [request_id])
    return _chat(rows[0], thread, page, in_turn=True) if rows else None


async def of_thread(ctx: Ctx, thread: Thread, page: Page) -> Chat | None:
    """The unclosed request of a dialog that is held already."""
    if thread.request_id is None:
        return None
    rows = await queries.locked(ctx.db, [thread.request_id])
    return _chat(rows[0], thread, page) if rows else None


def begun(row: Row, thread: Thread) -> Chat:
    """A request that is about to be stored for the first time."""
    thread.request_id = row.id
    return Chat(row=row, thread=thread, page=Page([]))


def _allowed(
    ctx: Ctx, row: AnyRow | None, action: str | None, *, as_nobodys: bool = False
) -> AnyRow:
    if action is not None:
        auth_policy.allow(ctx.actor, action)
    if action is not None and row is not None:
        alone = {"assignee_id": None} if as_nobodys else {}
        if not auth_policy.can(ctx.actor, action, SimpleNamespace(**row._asdict() | alone)):
            if auth_policy.can(ctx.actor, VIEW, row):  # a chat of another's that he is shown
                raise errors.Forbidden("not_your_chat")
            raise errors.NotFound("not_found")
    if row is None:
        raise errors.NotFound("not_found")
    return row


def _chat(row: AnyRow, thread: Thread, page: Page, *, in_turn: bool = False) -> Chat:
    stored = row._asdict()
    given = {name: stored[name] for name in FIELDS}
    return Chat(row=Row(**given), was=Row(**given), thread=thread, page=page, in_turn=in_turn)


async def save(ctx: Ctx, chat: Chat) -> None:
    """Write what changed: one statement for the row, its history, the dialog, one event."""
    _settle_owner(chat)
    _plan_anew(chat)
    announce(ctx, chat)
    fields = [*chat.changed(), *chat.beside]
    chat.beside = []
    if fields:
        chat.row.rev += 1
        chat.is_changed = True
        await _write_row(ctx, chat, fields)
    if chat.lines:
        lines, chat.lines = chat.lines, []
        await ctx.db.execute(insert(request_history), lines)
    if not chat.in_turn:
        await dialogs.write(ctx, chat.page, [chat.thread])
        chat.page = Page([])
    if fields and chat.was is not None:
        emit(ctx, chat, "request.updated", _told(chat, fields))
    chat.was = msgspec.structs.replace(chat.row)


def _plan_anew(chat: Chat) -> None:
    """What was due is so no longer once the chat moves; the timers plan it anew."""
    changed = MOVES.intersection(chat.changed())
    untouched = chat.was is not None and chat.row.due_what == chat.was.due_what
    if changed and untouched and chat.row.due_what != "wake":
        chat.row.due_at = chat.row.due_what = None


async def _write_row(ctx: Ctx, chat: Chat, fields: list[str]) -> None:
    values = {name: getattr(chat.row, name) for name in FIELDS if name in {*fields, "rev"}}
    if chat.was is None:
        await ctx.db.execute(insert(requests).values(**values))
    else:
        await ctx.db.execute(update(requests).where(requests.c.id == chat.id).values(**values))


def _settle_owner(chat: Chat) -> None:
    """The dialog belongs to whom the request's state says; a change of owner is a new epoch."""
    row, thread = chat.row, chat.thread
    if row.state == ownership.CLOSED:
        if thread.request_id not in (None, row.id):
            return
        thread.request_id = None
    owner = ownership.owner_of(row.state, continues=row.continues)
    if thread.owner != owner:
        thread.owner = owner
        thread.epoch += 1
    ownership.cell(thread.owner, row.state, thread.waiting)


def announce(ctx: Ctx, chat: Chat) -> None:
    """Say that a new request has begun, once, before anything else is said of it."""
    if chat.was is not None or chat.announced:
        return
    chat.announced = True
    row = chat.row
    emit(
        ctx,
        chat,
        "request.created",
        RequestCreated(row.id, row.state, row.subject_id, row.assignee_id),
    )
    line(ctx, chat, "created", new=row.state)
    dialogs.tell(ctx, chat.thread, "chat_created", {"chat_room_id": row.id})


def _told(chat: Chat, fields: list[str]) -> RequestChanged:
    was = sight(chat.was) if chat.was is not None else None
    return RequestChanged(
        chat.id, chat.row.rev, sorted(fields), was if was != sight(chat.row) else None
    )


def emit(ctx: Ctx, chat: Chat, kind: str, data: Any) -> None:
    """Say something of the request."""
    row = chat.row
    ctx.emit(
        kind,
        data,
        bot_id=row.bot_id,
        dialog_id=row.dialog_id,
        client_id=row.client_id,
        request_id=row.id,
    )


def line(
    ctx: Ctx,
    chat: Chat,
    type: str,
    *,
    field: str | None = None,
    old: Any = None,
    new: Any = None,
    text: str = "",
) -> None:
    """A line of the request's history, written when it is saved."""
    actor = chat.by or ctx.actor
    chat.lines.append(
        {
            "request_id": chat.id,
            "at": ctx.now,
            "actor_kind": actor.kind,
            "actor_id": actor.id,
            "actor_name": actor.name,
            "type": type,
            "field": field,
            "old": old,
            "new": new,
            "text": text,
        }
    )


async def system_line(ctx: Ctx, chat: Chat, code: str, **params: Any) -> None:
    """A line of the system in the conversation: its sentence is `request_lines.CODE`."""
    sentence = i18n.text(ctx.actor.language, f"request_lines.{code}", **params)
    await system_note(ctx, chat, sentence, {"line": code, "params": params})


async def system_note(ctx: Ctx, chat: Chat, text: str, content: dict[str, Any]) -> None:
    """A block of the system in the conversation, as it stands."""
    (message_id,) = await dialogs.message_ids_for(ctx, 1)
    row = MessageRow(
        id=message_id,
        dialog_id=chat.thread.id,
        seq=0,
        direction="note",
        kind="system",
        author_kind="system",
        created_at=ctx.now,
        status="sent",
        text=text,
        content=content,
    )
    dialogs.post_note(ctx, chat.page, chat.thread, row)
    row.request_id = chat.id


def state(ctx: Ctx, chat: Chat, to: str) -> None:
    """Another state, with its line of history."""
    if chat.row.state != to:
        line(ctx, chat, "status", field="state", old=chat.row.state, new=to)
        chat.row.state = to


async def give(ctx: Ctx, chat: Chat, operator_id: int, *, auto: bool) -> None:
    """The operator has the request from now on; whoever had it before does not."""
    row = chat.row
    before = row.assignee_id
    if before == operator_id:
        return
    announce(ctx, chat)
    await loads.hold(ctx, [operator_id] if before is None else [operator_id, before])
    if before is not None:
        await release(ctx, chat, "transferred")
    await loads.took(ctx, operator_id)
    line(ctx, chat, "assigned", field="assignee_id", old=before, new=operator_id)
    row.assignee_id, row.taken_from_id = operator_id, None
    row.assigned_at, row.waits_because = ctx.now, None
    if operator_id not in row.participants:
        row.participants = [*row.participants, operator_id]
    if row.state in ownership.WAITS:
        state(ctx, chat, "in_progress" if row.first_reply_at else "open")
    emit(ctx, chat, "request.assigned", RequestTaken(row.id, operator_id, auto, before))
    await system_line(ctx, chat, "connected", name=await naming.name(ctx, operator_id))
    await _tell_operator(ctx, chat, "operator_connected", operator_id)


async def release(ctx: Ctx, chat: Chat, why: str) -> None:
    """Its operator does not have it any more; `why` transferred | redistributed | closed | bot.

    A closed request keeps his name: it goes back to him when it is reopened.
    """
    row = chat.row
    if row.assignee_id is None:
        return
    operator_id = row.assignee_id
    await loads.freed(ctx, operator_id, closed=why == "closed")
    if why != "closed":
        row.assignee_id, row.taken_from_id = None, operator_id
    emit(ctx, chat, "request.released", RequestReleased(row.id, operator_id, why))
    await _tell_operator(ctx, chat, "operator_disconnected", operator_id)
    ctx.wakes("distribution")


async def _tell_operator(ctx: Ctx, chat: Chat, name: str, operator_id: int) -> None:
    row = chat.row
    who = await naming.told(ctx, operator_id, channel=row.channel, bot_id=row.bot_id)
    dialogs.tell(ctx, chat.thread, name, {"operator": who})
