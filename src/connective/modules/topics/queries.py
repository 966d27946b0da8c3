"""Every SELECT of the module."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, func, literal, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit import auth_policy
from connective.kit.auth_policy import Actor
from connective.kit.db.rows import AnyRow
from connective.kit.paging import PageQuery
from connective.modules.topics.models import tags, topics

TOPIC_SORTS: dict[str, ColumnElement[Any]] = {
    "id": topics.c.id,
    "name": func.lower(topics.c.name),
    "alias": topics.c.alias,
}
TAG_SORTS: dict[str, ColumnElement[Any]] = {"id": tags.c.id, "name": tags.c.name_key}


async def topic(db: AsyncConnection, topic_id: int, *, lock: bool = False) -> AnyRow | None:
    query = select(topics).where(topics.c.id == topic_id)
    return (await db.execute(query.with_for_update() if lock else query)).one_or_none()


async def topic_by_alias(db: AsyncConnection, alias: str) -> AnyRow | None:
    return (await db.execute(select(topics).where(topics.c.alias == alias))).one_or_none()


async def topics_by_id(db: AsyncConnection, ids: Sequence[int]) -> Sequence[AnyRow]:
    return (await db.execute(select(topics).where(topics.c.id.in_(ids)))).all()


async def aliases_like(db: AsyncConnection, start: str) -> set[str]:
    """Aliases in use that begin so."""
    query = select(topics.c.alias).where(topics.c.alias.startswith(start, autoescape=True))
    return set((await db.execute(query)).scalars())


async def children(db: AsyncConnection, topic_id: int) -> Sequence[str]:
    """Names of the topics right below."""
    query = select(topics.c.name).where(topics.c.parent_id == topic_id).order_by(topics.c.name)
    return (await db.execute(query)).scalars().all()


async def line_up(db: AsyncConnection, topic_id: int) -> set[int]:
    """The topic and everything above it."""
    start = select(topics.c.id, topics.c.parent_id).where(topics.c.id == topic_id)
    above = start.cte("above", recursive=True)
    step = select(topics.c.id, topics.c.parent_id).where(topics.c.id == above.c.parent_id)
    return set((await db.execute(select(above.union(step).c.id))).scalars())


async def list_topics(
    db: AsyncConnection, actor: Actor, asked: PageQuery, *, search: str | None, active: bool | None
) -> Sequence[AnyRow]:
    """limit + 1 rows with their `sort_key`."""
    wanted = [auth_policy.predicate(actor, "topics.view", topics)]
    if search:
        hay = topics.c.name + literal(" ") + topics.c.alias
        wanted.append(hay.icontains(search, autoescape=True))
    if active is not None:
        wanted.append(topics.c.active.is_(active))
    query = select(topics).where(*wanted)
    ordered = _ordered(query, topics, asked, sorts=TOPIC_SORTS)
    return list((await db.execute(ordered)).all())


async def tag(db: AsyncConnection, tag_id: int, *, lock: bool = False) -> AnyRow | None:
    query = select(tags).where(tags.c.id == tag_id)
    return (await db.execute(query.with_for_update() if lock else query)).one_or_none()


async def tags_by_id(db: AsyncConnection, ids: Sequence[int]) -> Sequence[AnyRow]:
    return (await db.execute(select(tags).where(tags.c.id.in_(ids)))).all()


async def list_tags(
    db: AsyncConnection, actor: Actor, asked: PageQuery, *, search: str | None, active: bool | None
) -> Sequence[AnyRow]:
    """limit + 1 rows with their `sort_key`."""
    wanted = [auth_policy.predicate(actor, "tags.view", tags)]
    if search:
        wanted.append(tags.c.name_key.contains(search.casefold(), autoescape=True))
    if active is not None:
        wanted.append(tags.c.active.is_(active))
    query = select(tags).where(*wanted)
    return list((await db.execute(_ordered(query, tags, asked, sorts=TAG_SORTS))).all())


def _ordered(
    query: Select[Any], table: FromClause, asked: PageQuery, *, sorts: dict[str, ColumnElement[Any]]
) -> Select[Any]:
    name = (asked.sort or "name").lstrip("-")
    down = (asked.sort or "").startswith("-")
    key, number = sorts[name], table.c.id
    after = asked.after(key.type.python_type, int)
    if after is not None:
        here = tuple_(key, number)
        query = query.where(here < after if down else here > after)
    order = (key.desc(), number.desc()) if down else (key, number)
    return query.add_columns(key.label("sort_key")).order_by(*order).limit(asked.limit + 1)
