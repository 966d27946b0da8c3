"""Sessions of our page within pages of other systems: short, and of one origin."""

from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import insert, update

from connective.kit import errors
from connective.kit.auth_policy import within
from connective.kit.context import Ctx
from connective.modules.accounts import queries
from connective.modules.accounts.models import sessions
from connective.modules.accounts.service import sign_in, tokens
from connective.modules.accounts.signing import queries as signing

KIND = "embed"


class Embedded(msgspec.Struct, frozen=True):
    """A token, whose it is, and when it ends."""

    token: str
    user_id: int
    ends: datetime


async def open_embedded(
    ctx: Ctx, *, email: str | None, user_id: int | None, origin: str, ttl_s: int, **context: Any
) -> Embedded:
    """A token with the rights of the user, as far as the key's bots and its maker go."""
    field = "user_id" if email is None else "user_email"
    if email is not None:
        user = await queries.user_by_email(ctx.db, sign_in.folded(email))
    else:
        user = await queries.user(ctx.db, user_id or 0)
    if user is None:
        raise errors.Invalid("embed_unknown_user", field=field)
    if not user.active:
        raise errors.Invalid("embed_user_inactive", field=field)
    if not within(ctx.actor.bot_ids, user.bot_ids):
        raise errors.Forbidden("embed_other_bots")
    if not within(ctx.actor.topic_ids, user.topic_ids):
        raise errors.Forbidden("embed_other_topics")
    if user.is_root and not await _made_by_root(ctx):
        raise errors.Forbidden("embed_root_refused")
    # whole seconds, as the token says it
    ends = (ctx.now + timedelta(seconds=ttl_s)).replace(microsecond=0)
    made = insert(sessions).values(
        user_id=user.id,
        kind=KIND,
        created_at=ctx.now,
        seen_at=ctx.now,
        expires_at=ends,
        address=ctx.actor.address,
        agent=origin,
    )
    session_id = (await ctx.db.execute(made.returning(sessions.c.id))).scalar_one()
    named = tokens.Named(session_id, ends, origin, context)
    ctx.audit("user.embedded", "user", user.id, after={"session": session_id, "origin": origin})
    return Embedded(tokens.make_for_frame(user.id, session_id, named), user.id, ends)


async def _made_by_root(ctx: Ctx) -> bool:
    """Whoever makes a key may not come by rights through it that he lacks."""
    key = await queries.key(ctx.db, ctx.actor.id or 0) if ctx.actor.kind == "key" else None
    maker = key and key.created_by and await queries.user(ctx.db, key.created_by)
    return bool(maker and maker.is_root)


async def end_embedded(ctx: Ctx, origins: frozenset[str]) -> None:
    """End what was opened for pages of these origins."""
    await ctx.db.execute(
        update(sessions)
        .where(sessions.c.kind == KIND, sessions.c.agent.in_(origins))
        .where(sessions.c.ended_at.is_(None))
        .values(ended_at=ctx.now, ended_why="origin removed")
    )


async def embedded_last(ctx: Ctx) -> dict[str, datetime]:
    """When somebody was last let in, by origin."""
    return await signing.embedded_last(ctx.db, KIND)
