"""Values of filters: words of an address or JSON, converted to the type of a column."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, cast

from sqlalchemy import ARRAY, BigInteger, ColumnElement, Integer

BIGGEST, SMALLER = 2**63, 2**31
_TRUE, _FALSE = ("true", "1"), ("false", "0")


class Unfit(Exception):
    """A value of the wrong type; carries the code of a sentence."""


def kind(column: ColumnElement[Any]) -> str:
    """int, text, bool, time, texts and ints (lists of them) or object."""
    if isinstance(column.type, ARRAY):
        return "ints" if item_type(column).python_type is int else "texts"
    names = {int: "int", str: "text", bool: "bool", datetime: "time"}
    return names.get(column.type.python_type, "object")


def convert(column: ColumnElement[Any], value: Any) -> Any:
    """The value as the column has it."""
    found = _READERS[kind(column)](value)
    small = isinstance(column.type, Integer) and not isinstance(column.type, BigInteger)
    if small and not -SMALLER <= found < SMALLER:
        raise Unfit("int_parsing")
    return found


def item_type(column: ColumnElement[Any]) -> Any:
    """Of a list, the type of what it holds."""
    return cast(ARRAY[Any], column.type).item_type


def many(column: ColumnElement[Any], value: Any) -> list[Any]:
    """Values of `in`: a JSON list, or words between commas."""
    given = value.split(",") if isinstance(value, str) else value
    if not isinstance(given, list) or len(given) > 500:
        raise Unfit("list_type")
    return [convert(column, each) for each in given]


def flag(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    word = str(value).lower()
    if word not in _TRUE and word not in _FALSE:
        raise Unfit("bool_parsing")
    return word in _TRUE


def text(value: Any) -> str:
    if not isinstance(value, str):
        raise Unfit("string_type")
    if "\0" in value:
        raise Unfit("unstorable_text")
    return value


def whole(value: Any) -> int:
    if isinstance(value, str) and len(value) < 20:
        digits = value.removeprefix("-")
        value = int(value) if digits.isascii() and digits.isdigit() else value
    if isinstance(value, bool) or not isinstance(value, int) or not -BIGGEST <= value < BIGGEST:
        raise Unfit("int_parsing")
    return value


def _moment(value: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(text(value).replace(" ", "+"))
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Unfit("datetime_parsing") from None


def _nothing(_: Any) -> Any:
    raise Unfit("unknown_operator")


_READERS: dict[str, Callable[[Any], Any]] = {
    "int": whole,
    "text": text,
    "texts": text,
    "ints": whole,
    "bool": flag,
    "time": _moment,
    "object": _nothing,
}
