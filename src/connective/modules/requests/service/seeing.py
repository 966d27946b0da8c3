"""What an operator has seen, and that he writes."""

from connective.kit import auth_policy, errors
from connective.kit.context import Ctx
from connective.modules.dialogs import service as dialogs
from connective.modules.requests.conversation import queries
from connective.modules.requests.reading import queries as reading
from connective.modules.requests.service import author_names
from connective.modules.requests.service.holding import hold, save

VIEW = "requests.view"


async def read_up_to(ctx: Ctx, request_id: int, seq: int) -> None:
    """Its operator has seen everything up to this place; others look on without a trace."""
    row = auth_policy.find(ctx.actor, VIEW, await reading.one(ctx.db, request_id))
    if ctx.actor.kind != "user" or row.assignee_id != ctx.actor.id or not row.unread:
        return
    chat = await hold(ctx, request_id, action=VIEW)
    left = await queries.unread_after(ctx.db, chat.row, seq)
    if chat.row.assignee_id == ctx.actor.id and left < chat.row.unread:
        chat.row.unread = left
        await save(ctx, chat)


async def operator_types(ctx: Ctx, request_id: int, on: bool) -> None:
    """Tell the client that his operator writes, or stopped; nobody else's writing is told."""
    row = auth_policy.find(ctx.actor, VIEW, await reading.one(ctx.db, request_id))
    if row.state == "closed":
        raise errors.Conflict("request_closed")
    if row.assignee_id != ctx.actor.id or ctx.actor.kind != "user":
        return
    thread = await dialogs.glance(ctx, (row.account_id, row.chat_id))
    if thread is None:
        return
    author = await author_names.author(ctx, thread.channel, thread.bot_id)
    sender = {"kind": author.kind, "id": author.id, "name": author.name}
    dialogs.tell(ctx, thread, "typing", {"on": on, "from": sender})
