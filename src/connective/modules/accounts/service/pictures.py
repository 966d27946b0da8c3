"""The picture of a person, which colleagues see, and clients where their channel shows it."""

from typing import Any

from sqlalchemy import update

from connective.kit.context import Ctx
from connective.modules.accounts.models import users
from connective.modules.accounts.schemas.people import UserOut
from connective.modules.accounts.service import users as people
from connective.modules.files import service as files


async def set_own(ctx: Ctx, content: bytes) -> UserOut:
    return await _put(ctx, await people.existing(ctx, people.own_id(ctx), lock=True), content)


async def remove_own(ctx: Ctx) -> None:
    await _put(ctx, await people.existing(ctx, people.own_id(ctx), lock=True), None)


async def set_of(ctx: Ctx, user_id: int, content: bytes) -> UserOut:
    return await _put(ctx, await people.manageable(ctx, user_id), content)


async def remove_of(ctx: Ctx, user_id: int) -> None:
    await _put(ctx, await people.manageable(ctx, user_id), None)


async def _put(ctx: Ctx, found: Any, content: bytes | None) -> UserOut:
    """Another picture, or none; the one of before is gone at once, wherever it was shown."""
    stored = None if content is None else (await files.store_picture(ctx, content)).public_id
    if found.picture is not None:
        await files.forget(ctx, found.picture)
    his = users.c.id == found.id
    await ctx.db.execute(update(users).where(his).values(picture=stored))
    had, has = (name is not None for name in (found.picture, stored))
    ctx.audit("user.changed", "user", found.id, before={"picture": had}, after={"picture": has})
    user = await people.get(ctx, found.id)
    people.say(ctx, "user.updated", user)
    return user
