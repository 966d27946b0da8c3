"""What an operator has seen, and that he writes."""

from typing import Any

from connective.kit import auth_policy, errors
from connective.kit.context import Ctx
from connective.kit.http.params import BIGINT
from connective.modules.dialogs import service as dialogs
from connective.modules.requests.conversation import queries
from connective.modules.requests.reading import queries as reading
from connective.modules.requests.service import author_names, taking
from connective.modules.requests.service.chat import Chat
from connective.modules.requests.service.holding import hold, save

VIEW = "requests.view"


async def read_up_to(ctx: Ctx, request_id: int, seq: int) -> Chat | None:
    """Its operator has seen everything up to this place; others look on without a trace."""
    row = auth_policy.find(ctx.actor, VIEW, await reading.one(ctx.db, request_id))
    if not _leads(ctx, row) or not row.unread:
        return None
    chat = await hold(ctx, request_id, action=VIEW)
    left = await queries.unread_after(ctx.db, chat.row, seq)
    if _leads(ctx, chat.row) and left < chat.row.unread:
        chat.row.unread = left
        await save(ctx, chat)
    return chat


async def read_all(ctx: Ctx, request_id: int) -> Chat | None:
    """Its operator has seen everything that is there now."""
    return await read_up_to(ctx, request_id, BIGINT)


async def unread(ctx: Ctx, request_id: int, count: int) -> Chat | None:
    """So many of the client's last messages, of those there are, wait for their operator again."""
    row = auth_policy.find(ctx.actor, VIEW, await reading.one(ctx.db, request_id))
    if not _leads(ctx, row):
        return None
    chat = await hold(ctx, request_id, action=VIEW)
    taking.need_unclosed(chat)
    there = min(count, await queries.unread_after(ctx.db, chat.row, 0))
    if _leads(ctx, chat.row) and there > chat.row.unread:
        chat.row.unread = there
        await save(ctx, chat)
    return chat


def _leads(ctx: Ctx, row: Any) -> bool:
    return ctx.actor.kind == "user" and bool(row.assignee_id == ctx.actor.id)


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
