"""Whom a request can be given to: what bounds an operator, and whether he has room for one more."""

from typing import Any

import msgspec
from msgspec import Struct

from connective.kit import auth_policy, errors
from connective.kit.auth_policy import Actor
from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.modules.operators import service as operators
from connective.modules.operators.service import loads
from connective.modules.requests import queries
from connective.modules.requests.service.chat import Chat

DEFAULT_LIMIT = 5
REPLY = "requests.reply"


class Operator(Struct, frozen=True):
    """Somebody who may answer clients, with his limits and how many chats he has."""

    id: int
    name: str
    actor: Actor
    limit: int
    channel_limits: dict[str, int]
    load: int


async def operator(ctx: Ctx, user_id: int) -> Operator | None:
    """None for whoever is not active or may not reply."""
    row = await queries.operator(ctx.db, user_id)
    if row is None or not row.active:
        return None
    actor = actor_of(row)
    if not auth_policy.holds(actor, REPLY):
        return None
    limit = DEFAULT_LIMIT if row.dialog_limit is None else operators.limit(row, ctx.now)
    return Operator(row.id, actor.name, actor, limit, row.channel_limits or {}, row.load or 0)


async def has_room(ctx: Ctx, who: Operator, channel: str) -> bool:
    """Whether one more chat in this channel stays within his limits."""
    if who.load >= who.limit:
        return False
    bound = who.channel_limits.get(channel)
    return bound is None or await queries.unclosed_in_channel(ctx.db, who.id, channel) < bound


def actor_of(person: AnyRow) -> Actor:
    """Somebody as the rules know him."""
    return Actor(
        kind="user",
        id=person.id,
        name=f"{person.first_name} {person.last_name}".strip(),
        permissions=frozenset(person.permissions),
        bot_ids=frozenset(person.bot_ids),
        topic_ids=frozenset(person.topic_ids),
        group_ids=frozenset(person.group_ids),
        is_root=person.is_root,
    )


def serves(who: Operator, chat: Chat, *, skilled: bool) -> bool:
    """Whether bots, topics and, with `skilled`, skill groups let him have the request."""
    alone = msgspec.structs.replace(chat.row, assignee_id=None if skilled else who.id)
    return auth_policy.can(who.actor, REPLY, alone)


async def wanted(ctx: Ctx, chat: Chat, user_id: int, *, over_limit: bool) -> Operator:
    """The operator that a request is given to by hand, or why not."""
    forces = auth_policy.can(ctx.actor, "requests.assign_any", chat.row)
    who = await operator(ctx, user_id)
    if who is None or not serves(who, chat, skilled=not forces):
        raise errors.Invalid("not_an_operator", field="operator_id")
    await need_room(ctx, chat, who, allowed=over_limit and forces)
    return who


async def need_room(ctx: Ctx, chat: Chat, who: Operator, *, allowed: bool) -> None:
    """Refuse what goes over the operator's limit, as it is under the lock of his row."""
    if allowed:
        return
    await loads.hold(ctx, {i for i in (who.id, chat.row.assignee_id) if i is not None})
    who = await operator(ctx, who.id) or who
    if not await has_room(ctx, who, chat.row.channel):
        params: dict[str, Any] = {"name": who.name, "limit": who.limit, "load": who.load}
        raise errors.Conflict("limit_reached", **params)
