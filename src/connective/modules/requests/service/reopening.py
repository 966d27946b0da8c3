"""Lets a closed request go on."""

from connective.kit import errors
from connective.kit.auth_policy import Actor
from connective.kit.context import Ctx
from connective.modules.dialogs.service import Page, Thread
from connective.modules.requests import ownership
from connective.modules.requests.events import RequestReopened
from connective.modules.requests.service import capacity, scenario
from connective.modules.requests.service.chat import Chat
from connective.modules.requests.service.giving import give
from connective.modules.requests.service.holding import closed_in_turn, hold, save
from connective.modules.requests.service.telling import emit, line, system_line


async def reopen(ctx: Ctx, request_id: int) -> Chat:
    """It goes on with whoever asks; for a program with the operator who had it last."""
    chat = await hold(ctx, request_id, action="requests.reopen")
    row, thread = chat.row, chat.thread
    if row.state != ownership.CLOSED:
        raise errors.Conflict("not_closed")
    if thread.request_id is not None:
        raise errors.Conflict("has_open_chat", number=thread.request_id)
    person = ctx.actor.id if ctx.actor.kind == "user" else row.assignee_id
    who = await capacity.operator(ctx, person) if person is not None else None
    if who is None:
        raise errors.Invalid("not_an_operator", field="operator_id")
    await _again(ctx, chat, who)
    return chat


async def by_client(ctx: Ctx, page: Page, thread: Thread, request_id: int) -> Chat | None:
    """The client goes on in a chat that was closed a while ago, with the operator he had."""
    chat = await closed_in_turn(ctx, thread, page, request_id)
    if chat is None or chat.row.state != ownership.CLOSED:
        return None
    person = thread.person
    chat.by = Actor(kind="client", id=person.client_id, name=person.name)
    last = chat.row.assignee_id
    who = await capacity.operator(ctx, last) if last is not None else None
    await _again(ctx, chat, who)
    return chat


async def _again(ctx: Ctx, chat: Chat, who: capacity.Operator | None) -> None:
    """It is open with an operator, or waits in the queue for one."""
    row = chat.row
    scenario.leave(chat.thread)
    line(ctx, chat, "reopened", field="state", old=row.state, new="open" if who else "queue")
    row.state, row.assignee_id, row.queued_at = "queue", None, ctx.now
    row.closed_at = row.closed_by = row.close_reason = row.closed_by_id = None
    row.continues = False
    chat.thread.request_id = row.id
    emit(ctx, chat, "request.reopened", RequestReopened(row.id, who.id if who else None))
    if who is not None:
        await system_line(ctx, chat, "reopened", name=who.name)
        await give(ctx, chat, who.id, auto=chat.in_turn)
    else:
        ctx.wakes("distribution")
    await save(ctx, chat)
