"""The one way to hold a request and to write it: its row, its dialog, its history, its events.

Locks are taken in one order everywhere: the dialog, the request's row, operators by id.
"""

from collections.abc import Sequence
from types import SimpleNamespace

import msgspec
from sqlalchemy import insert, update

from connective.kit import auth_policy, errors
from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.modules.dialogs import service as dialogs
from connective.modules.dialogs.service import Page, Thread
from connective.modules.requests import ownership, queries
from connective.modules.requests.events import (
    RequestChanged,
    sight,
)
from connective.modules.requests.models import request_history, requests
from connective.modules.requests.service.chat import FIELDS, MOVES, Chat, Row
from connective.modules.requests.service.telling import announce, emit

VIEW = "requests.view"


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


def _told(chat: Chat, fields: list[str]) -> RequestChanged:
    was = sight(chat.was) if chat.was is not None else None
    return RequestChanged(
        chat.id, chat.row.rev, sorted(fields), was if was != sight(chat.row) else None
    )
