"""Reads of bots."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit import auth_policy
from connective.kit.auth_policy import Actor
from connective.kit.paging import PageQuery
from connective.modules.bots.models import bot_groups, bots
from connective.modules.bots.schemas import Chosen

_group = select(bot_groups.c.name_key).where(bot_groups.c.id == bots.c.group_id)
SORTS: dict[str, ColumnElement[Any]] = {
    "id": bots.c.id,
    "name": func.lower(bots.c.name),
    "alias": bots.c.alias,
    # those in no group come first
    "group": func.coalesce(_group.scalar_subquery(), ""),
    "created_at": bots.c.created_at,
    "updated_at": bots.c.updated_at,
}


async def by_id(db: AsyncConnection, bot_id: int, *, lock: bool = False) -> Row[Any] | None:
    query = select(bots).where(bots.c.id == bot_id, bots.c.archived_at.is_(None))
    return (await db.execute(query.with_for_update() if lock else query)).one_or_none()


async def by_ids(db: AsyncConnection, ids: Sequence[int]) -> Sequence[Row[Any]]:
    query = select(bots).where(bots.c.id.in_(ids), bots.c.archived_at.is_(None))
    return (await db.execute(query)).all()


async def aliases_like(db: AsyncConnection, start: str) -> set[str]:
    """Aliases in use that begin so."""
    query = select(bots.c.alias).where(
        bots.c.alias.startswith(start, autoescape=True), bots.c.archived_at.is_(None)
    )
    return set((await db.execute(query)).scalars())


def _chosen(actor: Actor, wanted: Chosen) -> list[ColumnElement[bool]]:
    chosen = [bots.c.archived_at.is_(None), auth_policy.predicate(actor, "bots.view", bots)]
    if wanted.search:
        chosen.append(
            or_(
                bots.c.name.icontains(wanted.search, autoescape=True),
                bots.c.alias.icontains(wanted.search, autoescape=True),
            )
        )
    if wanted.active is not None:
        chosen.append(bots.c.active.is_(wanted.active))
    if wanted.group_id is not None:
        chosen.append(bots.c.group_id == wanted.group_id)
    return chosen


def _ordered(query: Select[Any], page: PageQuery) -> Select[Any]:
    name = (page.sort or "name").lstrip("-")
    down = (page.sort or "").startswith("-")
    key = SORTS[name]
    kind = key.type.python_type
    after = page.after(kind, int)
    if after is not None:
        here = tuple_(key, bots.c.id)
        query = query.where(here < after if down else here > after)
    order = (key.desc(), bots.c.id.desc()) if down else (key, bots.c.id)
    return query.add_columns(key.label("sort_key")).order_by(*order).limit(page.limit + 1)


async def listed(
    db: AsyncConnection, actor: Actor, page: PageQuery, wanted: Chosen
) -> list[Row[Any]]:
    """One more row than the page holds; `sort_key` is what the cursor is made of."""
    query = select(bots).where(*_chosen(actor, wanted))
    return list((await db.execute(_ordered(query, page))).all())


async def count(db: AsyncConnection, actor: Actor, wanted: Chosen) -> int:
    query = select(func.count()).select_from(bots).where(*_chosen(actor, wanted))
    return int((await db.execute(query)).scalar_one())
