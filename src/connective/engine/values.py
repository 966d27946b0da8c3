"""How values read, print and compare: paths, canonical text, numbers, sizes."""

import functools
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

import msgspec

MAX_VALUE_BYTES: Final = 262_144
MAX_NAME: Final = 128
NUL: Final = "\x00"
_NUMBER: Final = re.compile(
    r"\s*[+-]?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})(?:[eE][+-]?\d{1,2})?\s*"
)
_LARGE: Final = Decimal("1e30")
_encode = msgspec.json.Encoder().encode


class Missing:
    """The type of MISSING: nothing stands at that name."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "MISSING"


MISSING: Final = Missing()


class Refused(Exception):
    """A value that an action cannot work with; `code` names why."""

    def __init__(self, code: str, message: str = "") -> None:
        super().__init__(message or code)
        self.code = code
        self.message = message or code


def text(value: Any) -> str:
    """A value as people read it: 7 not 7.0, true not True, lists and objects as JSON."""
    kind = type(value)
    if kind is str:
        return value  # type: ignore[no-any-return]
    if value is None or value is MISSING:
        return ""
    if kind is bool:
        return "true" if value else "false"
    if kind is int:
        return str(value)
    if kind is float:
        return _float(value)
    return _encode(value).decode()


def _float(value: float) -> str:
    if value == value and abs(value) < 1e16:  # noqa: PLR0124 - NaN differs from itself
        return str(int(value)) if value.is_integer() else format(Decimal(repr(value)), "f")
    return repr(value)


def number(value: Any) -> int | float | None:
    """The number a value stands for, or None."""
    kind = type(value)
    if kind is int or kind is float:
        return value  # type: ignore[no-any-return]
    if kind is not str or len(value) > 64:
        return None
    if value.isdigit() and value.isascii() and len(value) < 30:
        return int(value)
    if not _NUMBER.fullmatch(value):
        return None
    return plain(Decimal(value.strip()))


def plain(value: Decimal) -> int | float:
    """A decimal as the plainest JSON number."""
    if value == value.to_integral_value() and abs(value) < _LARGE:
        return int(value)
    return float(value)


def decimal(value: Any) -> Decimal | None:
    """The exact decimal a value stands for, or None."""
    if type(value) is int:
        return Decimal(value)
    found = number(value)
    if found is None or found != found or abs(found) == float("inf"):  # noqa: PLR0124
        return None
    return Decimal(str(value).strip()) if type(value) is str else Decimal(str(found))


def empty(value: Any) -> bool:
    """Nothing, an empty text, list or object; zero and false are something."""
    return value is None or value is MISSING or value in ("", [], {})


def split_path(path: str) -> tuple[str, ...]:
    """`order.items.0.name` as its keys."""
    return tuple(path.split("."))


def read(value: Any, keys: Sequence[str]) -> Any:
    """What stands at the keys inside a value, or MISSING."""
    for key in keys:
        if isinstance(value, Mapping):
            value = value.get(key, MISSING)
        elif isinstance(value, list):
            value = _item(value, key)
        else:
            return MISSING
    return value


def _item(items: list[Any], key: str) -> Any:
    digits = key[1:] if key[:1] == "-" else key
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 9:
        return MISSING
    index = int(key)
    return items[index] if -len(items) <= index < len(items) else MISSING


def assigned(target: Any, keys: Sequence[str], value: Any) -> Any:
    """A copy of `target` with `value` at the keys; what is on the way is copied, not changed."""
    if not keys:
        return value
    key, rest = keys[0], keys[1:]
    if isinstance(target, list):
        position = _position(target, key)
        items = list(target)
        if position == len(items):
            items.append(None)
        items[position] = assigned(items[position], rest, value)
        return items
    fields = dict(target) if isinstance(target, Mapping) else {}
    fields[key] = assigned(fields.get(key), rest, value)
    return fields


def _position(items: list[Any], key: str) -> int:
    if not (key.isascii() and key.isdigit()) or len(key) > 9 or int(key) > len(items):
        raise Refused("bad_name", f"no place {key} in a list of {len(items)}")
    return int(key)


def removed(target: Any, keys: Sequence[str]) -> Any:
    """A copy of `target` without what stands at the keys."""
    key, rest = keys[0], keys[1:]
    if not isinstance(target, Mapping) or key not in target:
        return target
    fields = dict(target)
    if rest:
        fields[key] = removed(fields[key], rest)
    else:
        del fields[key]
    return fields


def path_of(name: Any) -> tuple[str, ...]:
    """A variable's name as keys: several where it points inside an object."""
    return _path_of(text(name))


@functools.lru_cache(maxsize=4096)
def _path_of(name: str) -> tuple[str, ...]:
    name = name.strip()
    if not name or len(name) > MAX_NAME or name[0] == "." or ".." in name or NUL in name:
        raise Refused("bad_name", f"not a variable's name: {name[:MAX_NAME]}")
    return tuple(name.split("."))


def bounded(value: Any) -> Any:
    """The value itself when it fits a variable."""
    kind = type(value)
    if kind is str:
        size, marked = len(value), NUL in value
    elif isinstance(value, list | dict):
        raw = encoded(value)
        size, marked = len(raw), b"\\u0000" in raw
    else:
        return value
    if size > MAX_VALUE_BYTES:
        raise Refused("too_large", f"a variable holds at most {MAX_VALUE_BYTES} bytes")
    return without_nul(value) if marked else value


def without_nul(value: Any) -> Any:
    """The value without the one character that PostgreSQL keeps in no text."""
    if isinstance(value, str):
        return value.replace(NUL, "")
    if isinstance(value, list):
        return [without_nul(item) for item in value]
    if isinstance(value, dict):
        return {key.replace(NUL, ""): without_nul(item) for key, item in value.items()}
    return value


def encoded(value: Any) -> bytes:
    """A value as JSON; nesting that JSON cannot hold is refused."""
    try:
        return _encode(value)
    except RecursionError as error:
        raise Refused("too_deep", "the value is nested too deep") from error


def as_list(value: Any) -> list[Any]:
    """A list from a list, a JSON array in a text, or nothing."""
    if isinstance(value, list):
        return value
    if empty(value):
        return []
    if isinstance(value, str):
        try:
            decoded = decode(value)
        except Refused:
            decoded = None
        if isinstance(decoded, list):
            return decoded
    raise Refused("not_a_list", "a list is needed here")


def as_object(value: Any) -> dict[str, Any]:
    """An object from an object, JSON in a text, or nothing."""
    if isinstance(value, str) and value:
        value = decode(value)
    if empty(value):
        return {}
    if isinstance(value, dict):
        return value
    raise Refused("not_an_object", "an object is needed here")


def decode(source: str) -> Any:
    """JSON to a value."""
    try:
        return msgspec.json.decode(source)
    except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
        raise Refused("bad_json", str(error)) from error


def truth(value: Any) -> bool:
    """Whether a switch is on: true, 1, yes in any writing of it."""
    return text(value).strip().casefold() in {"true", "1", "yes", "on"}


def whole(value: Any, name: str) -> int:
    """A whole number, or Refused naming the parameter."""
    found = number(value)
    if found is None or found != int(found):
        raise Refused("bad_params", f"{name} is not a whole number")
    return int(found)
