"""What a caller of get and count asks: filters, fields, includes, order and page."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement

from connective.contracts.entity import Entity
from connective.kit import errors
from connective.kit.errors import FieldError
from connective.modules.integrations.compat import filters, values
from connective.modules.integrations.compat.values import Unfit

LIMIT, MOST = 50, 500
FURTHEST = 10_000_000
MOST_SORTS = 5
RESERVED = ("fields", "include", "sort", "limit", "offset", "cursor")
SORTABLE = ("int", "text", "bool", "time")


class Sort(msgspec.Struct, frozen=True):
    """A column of the order; `name` as outside."""

    name: str
    down: bool


class Asked(msgspec.Struct, kw_only=True):
    """A question that was understood; the order always ends with the id."""

    entity: Any
    conditions: list[ColumnElement[bool]]
    fields: list[str]
    includes: list[str]
    sorts: list[Sort]
    limit: int = LIMIT
    offset: int = 0
    cursor: str | None = None

    @property
    def order(self) -> str:
        """The order in words, kept in cursors: one made for another order is refused."""
        return ",".join(f"-{s.name}" if s.down else s.name for s in self.sorts)


def read(entity: Entity, given: Mapping[str, Any]) -> Asked:
    """The question; 422 names each field that is unknown or does not fit."""
    return _Reader(entity, given).read()


class _Reader:
    def __init__(self, entity: Entity, given: Mapping[str, Any]) -> None:
        self._entity, self._given = entity, given
        self._refused: list[FieldError] = []

    def read(self) -> Asked:
        asked = Asked(
            entity=self._entity,
            conditions=self._conditions(),
            fields=self._names("fields", self._entity.columns) or list(self._entity.columns),
            includes=self._names("include", self._entity.includes),
            sorts=self._sorts(),
            limit=self._number("limit", LIMIT, lowest=1, highest=MOST),
            offset=self._number("offset", 0, lowest=0, highest=FURTHEST),
            cursor=self._cursor(),
        )
        if self._refused:
            raise errors.invalid(*self._refused)
        return asked

    def _refuse(self, field: str, code: str, **params: Any) -> None:
        self._refused.append(FieldError(field, code, params))

    def _conditions(self) -> list[ColumnElement[bool]]:
        found = []
        for name, value in self._given.items():
            if name in RESERVED:
                continue
            field, _, operator = name.partition("__")
            column = self._entity.columns.get(field)
            if column is None:
                self._refuse(name, "unknown_field", allowed=", ".join(self._entity.columns))
                continue
            try:
                found.append(filters.condition(column, operator or "eq", value))
            except Unfit as unfit:
                self._refuse(name, str(unfit), allowed=", ".join(filters.OPERATORS))
        return found

    def _words(self, name: str) -> list[str]:
        """A list, or words between commas; each of them once."""
        value = self._given.get(name) or []
        words = value.split(",") if isinstance(value, str) else value
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            self._refuse(name, "list_type")
            return []
        return list(dict.fromkeys(word.strip() for word in words))

    def _names(self, name: str, known: Mapping[str, Any]) -> list[str]:
        words = self._words(name)
        for word in words:
            if word not in known:
                self._refuse(name, "unknown_name", value=word, allowed=", ".join(known) or "-")
        return [word for word in words if word in known]

    def _sorts(self) -> list[Sort]:
        sorts = [Sort(word.removeprefix("-"), word.startswith("-")) for word in self._words("sort")]
        allowed = sortable(self._entity)
        for sort in sorts:
            if sort.name not in allowed:
                self._refuse("sort", "bad_sort", value=sort.name, allowed=", ".join(allowed))
        kept = [sort for sort in sorts if sort.name in allowed][:MOST_SORTS]
        return kept if any(s.name == "id" for s in kept) else [*kept, Sort("id", down=False)]

    def _number(self, name: str, default: int, *, lowest: int, highest: int) -> int:
        value = self._given.get(name)
        if value is None:
            return default
        try:
            number = values.whole(value)
        except Unfit as unfit:
            self._refuse(name, str(unfit))
            return default
        if not lowest <= number <= highest:
            self._refuse(name, "not_between", lowest=lowest, highest=highest)
        return number

    def _cursor(self) -> str | None:
        value = self._given.get("cursor")
        if value is None:
            return None
        if not isinstance(value, str):
            self._refuse("cursor", "string_type")
            return None
        if self._given.get("offset") is not None:
            self._refuse("offset", "cursor_and_offset")
        return value


def sortable(entity: Entity) -> Sequence[str]:
    """Columns that have an order and are never empty."""
    return [
        name
        for name, column in entity.columns.items()
        if values.kind(column) in SORTABLE
        and (name in entity.filled or not getattr(column, "nullable", True))
    ]
