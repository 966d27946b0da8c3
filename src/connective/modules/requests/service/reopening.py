"""Lets a closed request go on."""

from connective.kit import errors
from connective.kit.context import Ctx
from connective.modules.requests import ownership
from connective.modules.requests.events import RequestReopened
from connective.modules.requests.service import capacity, scenario
from connective.modules.requests.service.holding import (
    Chat,
    emit,
    give,
    hold,
    line,
    save,
    system_line,
)


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
    scenario.leave(thread)
    line(ctx, chat, "reopened", field="state", old=row.state, new="open")
    row.state, row.assignee_id = "queue", None
    row.closed_at = row.closed_by = row.close_reason = row.closed_by_id = None
    row.continues = False
    thread.request_id = row.id
    emit(ctx, chat, "request.reopened", RequestReopened(row.id, who.id))
    await system_line(ctx, chat, "reopened", name=who.name)
    await give(ctx, chat, who.id, auto=False)
    await save(ctx, chat)
    return chat
