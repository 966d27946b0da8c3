"""Gives a request to an operator by hand: whoever takes it, or whoever it is assigned to."""

from connective.kit import auth_policy, errors
from connective.kit.context import Ctx
from connective.modules.requests import ownership
from connective.modules.requests.schemas.changes import Assign
from connective.modules.requests.service import capacity, naming
from connective.modules.requests.service.chat import Chat
from connective.modules.requests.service.giving import give, release
from connective.modules.requests.service.holding import hold, save
from connective.modules.requests.service.telling import line, state

ASSIGN = "requests.assign_any"


async def take(ctx: Ctx, request_id: int) -> Chat:
    """Whoever asks has the request from now on."""
    chat = await hold(ctx, request_id, action="requests.take", as_nobodys=True)
    await claim(ctx, chat)
    await save(ctx, chat)
    return chat


async def claim(ctx: Ctx, chat: Chat) -> None:
    """Give a held request to the actor, by the button or by his first reply.

    Another's is taken only with the right to assign; that right also goes over one's own limit.
    """
    need_unclosed(chat)
    row, me = chat.row, operator_id_of(ctx)
    if row.assignee_id == me:
        return
    may_assign = auth_policy.can(ctx.actor, ASSIGN, row)
    if row.assignee_id is not None and not may_assign:
        raise errors.Conflict("taken_already", name=await naming.name(ctx, row.assignee_id))
    who = await capacity.operator(ctx, me)
    if who is None:
        raise errors.Invalid("not_an_operator", field="operator_id")
    await capacity.need_room(ctx, chat, who, allowed=may_assign)
    await give(ctx, chat, me, auto=False)


async def assign(ctx: Ctx, request_id: int, wanted: Assign) -> Chat:
    """Give it to an operator; without one it goes back to the queue."""
    chat = await hold(ctx, request_id, action=ASSIGN)
    need_unclosed(chat)
    if wanted.operator_id is None:
        await back_to_queue(ctx, chat, "redistributed")
    elif wanted.operator_id != chat.row.assignee_id:
        who = await capacity.wanted(ctx, chat, wanted.operator_id, over_limit=wanted.over_limit)
        await give(ctx, chat, who.id, auto=False)
    await save(ctx, chat)
    return chat


async def back_to_queue(ctx: Ctx, chat: Chat, why: str) -> None:
    """It waits for distribution again, behind those who wait longer."""
    row = chat.row
    if row.assignee_id is not None:
        line(ctx, chat, "unassigned", field="assignee_id", old=row.assignee_id, text=why)
        await release(ctx, chat, why)
    row.paused_until = row.due_at = row.due_what = None
    if row.state != "queue":
        row.queued_at = ctx.now
    state(ctx, chat, "queue")
    ctx.wakes("distribution")


def need_unclosed(chat: Chat) -> None:
    """Refuse what cannot be done to a closed request."""
    if chat.row.state == ownership.CLOSED:
        raise errors.Conflict("request_closed", request=chat.id)


def need_lead(ctx: Ctx, chat: Chat) -> None:
    """A chat that somebody has is his; others need the right to assign."""
    row = chat.row
    own = ctx.actor.kind == "user" and row.assignee_id == ctx.actor.id
    if row.assignee_id is None or own or auth_policy.can(ctx.actor, ASSIGN, row):
        return
    raise errors.Forbidden("not_your_chat")


def operator_id_of(ctx: Ctx) -> int:
    """The person who acts; a program cannot lead a chat."""
    if ctx.actor.kind != "user" or ctx.actor.id is None:
        raise errors.Invalid("not_an_operator", field="operator_id")
    return ctx.actor.id
