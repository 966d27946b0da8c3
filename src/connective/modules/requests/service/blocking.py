"""Blocks a client's contact: what he writes is kept, and nobody answers. Closes nothing."""

from datetime import datetime

from connective.kit import auth_policy, errors
from connective.kit.context import Ctx
from connective.modules.clients import service as clients
from connective.modules.requests.schemas.changes import Block
from connective.modules.requests.service.chat import Chat
from connective.modules.requests.service.holding import hold, save
from connective.modules.requests.service.telling import line, system_line

EDIT = "clients.edit"


async def block(ctx: Ctx, request_id: int, wanted: Block) -> Chat:
    """Until a moment, or until he is unblocked."""
    auth_policy.allow(ctx.actor, EDIT)
    chat = await hold(ctx, request_id, action="requests.view")
    until = wanted.until
    if until is not None and until.tzinfo is None:
        raise errors.Invalid("moment_without_zone", field="until")
    if until is not None and until <= ctx.now:
        raise errors.Invalid("moment_over", field="until")
    await clients.block(ctx, chat.thread.person, reason=wanted.reason, until=until)
    line(ctx, chat, "blocked", field="blocked", old=False, new=_told(until), text=wanted.reason)
    await system_line(ctx, chat, "blocked", name=ctx.actor.name, reason=wanted.reason)
    chat.beside = ["blocked"]
    await save(ctx, chat)
    return chat


async def unblock(ctx: Ctx, request_id: int) -> Chat:
    """His words reach bots and operators again."""
    auth_policy.allow(ctx.actor, EDIT)
    chat = await hold(ctx, request_id, action="requests.view")
    if await clients.unblock(ctx, chat.thread.person):
        line(ctx, chat, "unblocked", field="blocked", old=True, new=False)
        await system_line(ctx, chat, "unblocked", name=ctx.actor.name)
        chat.beside = ["blocked"]
        await save(ctx, chat)
    return chat


def _told(until: datetime | None) -> str | bool:
    return until.isoformat() if until else True
