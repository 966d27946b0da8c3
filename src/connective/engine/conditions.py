"""Comparisons of routers and conditions: numbers as numbers when both sides are numbers."""

from collections.abc import Callable
from typing import Any, Final, Literal

from msgspec import Struct

from connective.engine import dates
from connective.engine.budget import effort
from connective.engine.expand import expanded, prepared
from connective.engine.patterns import pattern
from connective.engine.template import Source
from connective.engine.values import MISSING, empty, number, text

Op = Literal[
    "eq", "ne", "gt", "gte", "lt", "lte", "contains", "not_contains", "starts", "ends",
    "matches", "in", "empty", "not_empty", "is_type",
]  # fmt: skip


class Condition(Struct, frozen=True, forbid_unknown_fields=True):
    """One comparison as its author writes it."""

    left: Any
    op: Op
    right: Any = None


def _equal(left: Any, right: Any) -> bool:
    a, b = number(left), number(right)
    if a is not None and b is not None:
        return a == b
    return text(left) == text(right)


def _order(left: Any, right: Any) -> int:
    a, b = number(left), number(right)
    if a is not None and b is not None:
        return (a > b) - (a < b)
    first, second = text(left), text(right)
    return (first > second) - (first < second)


def _contains(left: Any, right: Any) -> bool:
    if isinstance(left, list):
        return any(_equal(item, right) for item in left)
    if isinstance(left, dict):
        return text(right) in left
    return text(right) in text(left)


def _in(left: Any, right: Any) -> bool:
    items = right if isinstance(right, list) else text(right).split(",")
    return any(_equal(left, item.strip() if isinstance(item, str) else item) for item in items)


def _matches(left: Any, right: Any) -> bool:
    found = pattern(text(right))
    return found is not None and found.search(text(left)) is not None


def type_names(value: Any) -> set[str]:
    """Every type name that fits a value, for the `is_type` comparison."""
    if empty(value):
        return {"empty", _json_type(value)}
    names = {_json_type(value)}
    if (found := number(value)) is not None:
        names |= {"number", "integer"} if found == int(found) else {"number"}
    elif isinstance(value, str) and dates.parse(value, "UTC"):
        names.add("date")
    if isinstance(value, str) and value.casefold() in {"true", "false"}:
        names.add("boolean")
    return names


def _json_type(value: Any) -> str:
    if value is None or value is MISSING:
        return "empty"
    return {bool: "boolean", int: "number", float: "number", list: "list", dict: "object"}.get(
        type(value), "text"
    )


OPS: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "eq": _equal,
    "ne": lambda left, right: not _equal(left, right),
    "gt": lambda left, right: _order(left, right) > 0,
    "gte": lambda left, right: _order(left, right) >= 0,
    "lt": lambda left, right: _order(left, right) < 0,
    "lte": lambda left, right: _order(left, right) <= 0,
    "contains": _contains,
    "not_contains": lambda left, right: not _contains(left, right),
    "starts": lambda left, right: text(left).startswith(text(right)),
    "ends": lambda left, right: text(left).endswith(text(right)),
    "matches": _matches,
    "in": _in,
    "empty": lambda left, _right: empty(left),
    "not_empty": lambda left, _right: not empty(left),
    "is_type": lambda left, right: text(right) in type_names(left),
}


class Rule:
    """Conditions joined by `and` or `or`, prepared."""

    __slots__ = ("every", "parts")

    def __init__(self, conditions: list[Condition], logic: str) -> None:
        self.every = logic != "or"
        self.parts = [
            (condition.op, prepared(condition.left), prepared(condition.right))
            for condition in conditions
        ]

    def holds(self, source: Source) -> bool:
        """Whether the conditions hold; no conditions never do."""
        for op, left, right in self.parts:
            a, b = expanded(left, source), expanded(right, source)
            source.spend(effort(op, a, b))
            if OPS[op](a, b) is not self.every:
                return not self.every
        return self.every and bool(self.parts)
