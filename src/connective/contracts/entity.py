"""What a feature promises of an entity of the compat API: `entities.ENTITIES` of its folder.

An entity is data: its columns give the filters, sorts, fields and the document of
`/kw/api/{module}/{name}/get|count`; with `new` it also has `set`, with `delete` also `delete`.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct
from pydantic import BaseModel
from sqlalchemy import ColumnElement, FromClause

from connective.kit.context import Ctx
from connective.kit.plugins import Point

Include = Callable[[Ctx, Sequence[int]], Awaitable[Mapping[int, Any]]]


class Entity(Struct, frozen=True, kw_only=True):
    """One entity. `view`, `edit` and `remove` are actions of the rule table.

    `columns` map the names outside to columns of `table`, of which `id` is one. `exists` are
    conditions of rows that are there at all. `filled` are worked-out columns that are never empty,
    so that rows can be sorted by them. Includes give, for ids, what hangs on each of them.
    """

    module: str
    name: str
    view: str
    table: FromClause
    columns: Mapping[str, ColumnElement[Any]]
    exists: tuple[ColumnElement[bool], ...] = ()
    filled: tuple[str, ...] = ()
    includes: Mapping[str, Include] = {}
    edit: str = ""
    new: type[BaseModel] | None = None
    patch: type[BaseModel] | None = None
    create: Callable[[Ctx, Any], Awaitable[int]] | None = None
    change: Callable[[Ctx, int, Any], Awaitable[None]] | None = None
    remove: str = ""
    delete: Callable[[Ctx, int], Awaitable[None]] | None = None


# Every entity there is; filled by the composition root.
ENTITIES: Point[Iterable[Entity]] = Point()


def find(module: str, name: str) -> Entity | None:
    """The entity of that address."""
    every = (entity for group in ENTITIES for entity in group)
    return next((e for e in every if (e.module, e.name) == (module, name)), None)
