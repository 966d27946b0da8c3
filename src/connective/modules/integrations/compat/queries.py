"""Every SELECT of the compat API, the same for all entities."""

from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.contracts.entity import Entity
from connective.kit import auth_policy
from connective.kit.auth_policy import Actor
from connective.kit.db.rows import AnyRow
from connective.kit.paging import PageQuery
from connective.modules.integrations.compat.asked import Asked


def _visible(entity: Entity, actor: Actor) -> list[ColumnElement[bool]]:
    return [*entity.exists, auth_policy.predicate(actor, entity.view, entity.table)]


async def rows(db: AsyncConnection, actor: Actor, asked: Asked) -> list[AnyRow]:
    """One row more than the page holds, with every column of the entity."""
    entity: Entity = asked.entity
    query = select(*(column.label(name) for name, column in entity.columns.items())).where(
        *_visible(entity, actor), *asked.conditions
    )
    if asked.cursor is not None:
        query = query.where(_after(asked))
    order = [
        entity.columns[sort.name].desc() if sort.down else entity.columns[sort.name].asc()
        for sort in asked.sorts
    ]
    query = query.order_by(*order).limit(asked.limit + 1).offset(asked.offset)
    return list((await db.execute(query)).all())


async def total(db: AsyncConnection, actor: Actor, asked: Asked) -> int:
    entity: Entity = asked.entity
    query = select(func.count()).select_from(entity.table)
    query = query.where(*_visible(entity, actor), *asked.conditions)
    return int((await db.execute(query)).scalar_one())


def _after(asked: Asked) -> ColumnElement[bool]:
    """Rows behind the cursor: later in the first column, or equal there and later in the next."""
    columns = [asked.entity.columns[sort.name] for sort in asked.sorts]
    types = [column.type.python_type for column in columns]
    found = PageQuery(cursor=asked.cursor).after(str, *types) or ("",)
    if found[0] != asked.order:
        return false()
    choices: list[ColumnElement[bool]] = []
    equal: list[ColumnElement[bool]] = []
    for sort, column, value in zip(asked.sorts, columns, found[1:], strict=True):
        behind: Any = column < value if sort.down else column > value
        choices.append(and_(*equal, behind))
        equal.append(column == value)
    return or_(*choices)
