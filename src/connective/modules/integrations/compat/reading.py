"""get and count of any entity."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from connective.contracts.entity import Entity
from connective.kit import auth_policy, errors
from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.kit.http.reply import moment
from connective.kit.paging import cursor
from connective.modules.integrations.compat import asked as questions
from connective.modules.integrations.compat import queries
from connective.modules.integrations.compat.asked import Asked


class Meta(msgspec.Struct):
    """Where the rows stand in the whole list."""

    total: int
    limit: int
    offset: int
    next_cursor: str | None


class Found(msgspec.Struct):
    """The answer of get: rows as objects of the fields that were asked for."""

    data: list[dict[str, Any]]
    meta: Meta
    status: str = "success"


class Counted(msgspec.Struct):
    """The answer of count."""

    count: int
    status: str = "success"


async def get(ctx: Ctx, entity: Entity, given: Mapping[str, Any]) -> Found:
    """A page of the rows that the actor sees."""
    auth_policy.allow(ctx.actor, entity.view)
    asked = questions.read(entity, given)
    found = await queries.rows(ctx.db, ctx.actor, asked)
    rows, more = found[: asked.limit], len(found) > asked.limit
    following = _cursor(asked, rows[-1]) if more else None
    total = await queries.total(ctx.db, ctx.actor, asked)
    data = [shown(row, asked.fields) for row in rows]
    for name in asked.includes:
        hanging = await entity.includes[name](ctx, [row.id for row in rows]) if rows else {}
        for row, out in zip(rows, data, strict=True):
            out[name] = hanging.get(row.id)
    return Found(data, Meta(total, asked.limit, asked.offset, following))


async def count(ctx: Ctx, entity: Entity, given: Mapping[str, Any]) -> Counted:
    """How many rows the filters leave."""
    auth_policy.allow(ctx.actor, entity.view)
    asked = questions.read(entity, given)
    return Counted(await queries.total(ctx.db, ctx.actor, asked))


async def by_ids(ctx: Ctx, entity: Entity, ids: list[int]) -> list[dict[str, Any]]:
    """Whole rows in the order of the ids."""
    asked = questions.read(entity, {"id__in": ids, "limit": questions.MOST})
    rows = {row.id: row for row in await queries.rows(ctx.db, ctx.actor, asked)}
    return [shown(rows[i], asked.fields) for i in ids if i in rows]


def known(entity: Entity | None) -> Entity:
    if entity is None:
        raise errors.NotFound("entity_not_found")
    return entity


def shown(row: AnyRow, fields: list[str]) -> dict[str, Any]:
    values = ((name, getattr(row, name)) for name in fields)
    return {n: moment(v) if isinstance(v, datetime) else v for n, v in values}


def _cursor(asked: Asked, row: AnyRow) -> str:
    return cursor(asked.order, *(getattr(row, sort.name) for sort in asked.sorts))
