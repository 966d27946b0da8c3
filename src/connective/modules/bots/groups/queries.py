"""Reads of groups of bots."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit import auth_policy
from connective.kit.auth_policy import Actor
from connective.kit.paging import PageQuery
from connective.modules.bots.models import bot_groups, bots

SORTS: dict[str, ColumnElement[Any]] = {"name": bot_groups.c.name_key, "id": bot_groups.c.id}


def _counted(actor: Actor) -> Select[Any]:
    """Groups with the number of their bots that the actor sees; if he is limited, those alone."""
    seen = bots.c.archived_at.is_(None) & auth_policy.predicate(actor, "bots.view", bots)
    own = select(func.count()).select_from(bots).where(bots.c.group_id == bot_groups.c.id, seen)
    number = own.scalar_subquery()
    query = select(bot_groups, number.label("bots"))
    return query.where(number > 0) if actor.bot_ids else query


async def by_id(
    db: AsyncConnection, actor: Actor, group_id: int, *, lock: bool = False
) -> Row[Any] | None:
    query = _counted(actor).where(bot_groups.c.id == group_id)
    query = query.with_for_update(of=bot_groups) if lock else query
    found: Row[Any] | None = (await db.execute(query)).one_or_none()
    return found


async def listed(db: AsyncConnection, actor: Actor, page: PageQuery) -> Sequence[Row[Any]]:
    """One more row than the page holds, with its `sort_key`."""
    name = page.sort or "name"
    key = SORTS[name.lstrip("-")]
    down = name.startswith("-")
    query = _counted(actor).add_columns(key.label("sort_key"))
    after = page.after(key.type.python_type, int)
    if after is not None:
        here = tuple_(key, bot_groups.c.id)
        query = query.where(here < after if down else here > after)
    order = (key.desc(), bot_groups.c.id.desc()) if down else (key, bot_groups.c.id)
    return (await db.execute(query.order_by(*order).limit(page.limit + 1))).all()
