"""JSON from outside, read strictly: what the standard allows, as deep as our own parts carry."""

from typing import Any, Final

import msgspec

# Encoders, schemas and the database walk values by recursion; the interpreter allows about 1000.
DEEPEST: Final = 100
# What a decoder of msgspec raises at a text that is not what it should be.
FAULTS: Final = (msgspec.DecodeError, UnicodeError, RecursionError)


class NotJson(ValueError):
    """The text is no JSON, or nests deeper than it may."""


def read(raw: bytes | str) -> Any:
    """The value; NaN, halves of a surrogate pair and what is not UTF-8 are no JSON."""
    try:
        value = msgspec.json.decode(raw)
    except RecursionError:
        raise _too_deep() from None
    except FAULTS as failure:
        raise NotJson(str(failure)) from None
    if _brackets(raw) > DEEPEST and is_deep(value):
        raise _too_deep()
    return value


def _too_deep() -> NotJson:
    return NotJson(f"it nests deeper than {DEEPEST} levels")


def _brackets(raw: bytes | str) -> int:
    """No fewer than there are levels."""
    if isinstance(raw, str):
        return raw.count("[") + raw.count("{")
    return raw.count(b"[") + raw.count(b"{")


def is_deep(value: Any) -> bool:
    """Whether lists and objects stand in one another more often than they may."""
    level = [value]
    for _ in range(DEEPEST):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return False
    return any(isinstance(inner, dict | list) for inner in level)


def _inside(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
