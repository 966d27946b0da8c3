"""`field`, `field__ne`, `field__like` and so on, as conditions."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, any_, literal, or_

from connective.modules.integrations.compat import values
from connective.modules.integrations.compat.values import Unfit

Column = ColumnElement[Any]
Condition = ColumnElement[bool]


def condition(column: Column, operator: str, value: Any) -> Condition:
    """One condition; raises Unfit for what the column's type does not have."""
    if operator == "isnull":
        return column.is_(None) if values.flag(value) else column.is_not(None)
    table = _OF_LISTS if values.kind(column) in ("texts", "ints") else _OF_VALUES
    if operator not in table:
        raise Unfit("unknown_operator")
    return table[operator](column, value)


def _compare(how: str) -> Callable[[Column, Any], Condition]:
    def compared(column: Column, value: Any) -> Condition:
        given = values.convert(column, value)
        found: Condition = getattr(column, how)(given)
        return found

    return compared


def _not_equal(column: Column, value: Any) -> Condition:
    return column.is_distinct_from(values.convert(column, value))


def _in(column: Column, value: Any) -> Condition:
    return column.in_(values.many(column, value))


def _like(column: Column, value: Any) -> Condition:
    """`%` and `_` as in SQL; without a `%` anywhere in the text. Letters of either case."""
    if values.kind(column) != "text":
        raise Unfit("unknown_operator")
    pattern = values.text(value).replace("\\", "\\\\")
    return column.ilike(pattern if "%" in pattern else f"%{pattern}%")


def _holds(column: Column, value: Any) -> Condition:
    return literal(values.convert(column, value), values.item_type(column)) == any_(column)


def _holds_not(column: Column, value: Any) -> Condition:
    return ~_holds(column, value)


def _holds_some(column: Column, value: Any) -> Condition:
    return or_(*(_holds(column, each) for each in values.many(column, value)))


_OF_VALUES: dict[str, Callable[[Column, Any], Condition]] = {
    "eq": _compare("__eq__"),
    "ne": _not_equal,
    "gt": _compare("__gt__"),
    "gte": _compare("__ge__"),
    "lt": _compare("__lt__"),
    "lte": _compare("__le__"),
    "in": _in,
    "like": _like,
}
_OF_LISTS: dict[str, Callable[[Column, Any], Condition]] = {
    "eq": _holds,
    "ne": _holds_not,
    "in": _holds_some,
}
OPERATORS = (*_OF_VALUES, "isnull")
