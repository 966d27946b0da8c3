"""Makes, changes and deletes groups of bots; the only writer of their table."""

from typing import Any

from sqlalchemy import Row, delete, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError

from connective.kit import errors
from connective.kit.context import Ctx
from connective.kit.http.reply import moment
from connective.kit.paging import Page, PageQuery, page
from connective.modules.bots.groups import queries
from connective.modules.bots.groups.schemas import BotGroup, BotGroupPatch, NewBotGroup
from connective.modules.bots.models import bot_groups

AUDITED = ("name", "color")


async def listed(ctx: Ctx, asked: PageQuery) -> Page[BotGroup]:
    """Groups; for whoever is limited to some bots the groups of those alone."""
    cut = page(list(await queries.listed(ctx.db, ctx.actor, asked)), asked.limit, "sort_key", "id")
    return Page([_shown(row) for row in cut.items], cut.next_cursor)


async def get(ctx: Ctx, group_id: int) -> BotGroup:
    return _shown(await _found(ctx, group_id))


async def create(ctx: Ctx, new: NewBotGroup) -> BotGroup:
    """An empty group; its name differs from every other in more than its case."""
    _unlimited(ctx)
    values = new.model_dump() | {"name_key": new.name.casefold(), "created_at": ctx.now}
    added = insert(bot_groups).values(values).on_conflict_do_nothing().returning(bot_groups.c.id)
    group_id = (await ctx.db.execute(added)).scalar_one_or_none()
    if group_id is None:
        raise _taken(new.name)
    row = await _found(ctx, group_id)
    ctx.audit("bot_group.created", "bot_group", group_id, None, _told(row))
    return _shown(row)


async def change(ctx: Ctx, group_id: int, patch: BotGroupPatch) -> BotGroup:
    """Change what the patch names."""
    _unlimited(ctx)
    before = await _found(ctx, group_id, lock=True)
    values = {k: v for k, v in patch.model_dump(exclude_unset=True).items() if v is not None}
    if not values:
        return _shown(before)
    if "name" in values:
        values["name_key"] = values["name"].casefold()
    changed = update(bot_groups).where(bot_groups.c.id == group_id).values(**values)
    try:
        async with ctx.db.begin_nested():
            await ctx.db.execute(changed)
    except IntegrityError:
        raise _taken(values["name"]) from None
    row = await _found(ctx, group_id)
    ctx.audit("bot_group.updated", "bot_group", group_id, _told(before), _told(row))
    return _shown(row)


async def remove(ctx: Ctx, group_id: int) -> None:
    """Delete the group; its bots stay, in no group."""
    _unlimited(ctx)
    row = await _found(ctx, group_id, lock=True)
    await ctx.db.execute(delete(bot_groups).where(bot_groups.c.id == group_id))
    ctx.audit("bot_group.deleted", "bot_group", group_id, _told(row), None)


async def check(ctx: Ctx, group_id: int | None) -> None:
    """Refuse a group that is not there, or that the actor does not see."""
    if group_id is not None and await queries.by_id(ctx.db, ctx.actor, group_id) is None:
        raise errors.Invalid("unknown_bot_group", field="group_id")


def _unlimited(ctx: Ctx) -> None:
    if ctx.actor.bot_ids:
        raise errors.Forbidden("bot_groups_limited")


async def _found(ctx: Ctx, group_id: int, *, lock: bool = False) -> Row[Any]:
    row = await queries.by_id(ctx.db, ctx.actor, group_id, lock=lock)
    if row is None:
        raise errors.NotFound("not_found")
    return row


def _taken(name: str) -> errors.Conflict:
    return errors.Conflict("bot_group_taken", field="name", group=name)


def _told(row: Row[Any]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in AUDITED}


def _shown(row: Row[Any]) -> BotGroup:
    return BotGroup(
        id=row.id, name=row.name, color=row.color, bots=row.bots, created_at=moment(row.created_at)
    )
