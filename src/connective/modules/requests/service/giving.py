"""Who has a request: it is given to an operator, and taken from him."""

from connective.kit.context import Ctx
from connective.modules.dialogs import service as dialogs
from connective.modules.operators.service import loads
from connective.modules.requests import ownership
from connective.modules.requests.events import (
    RequestReleased,
    RequestTaken,
)
from connective.modules.requests.service import naming
from connective.modules.requests.service.chat import Chat
from connective.modules.requests.service.telling import announce, emit, line, state, system_line


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
    await loads.took(ctx, operator_id, row.client_id)
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
