"""An entry point as AI agents see it: a name, what it is for, and the parameters it takes.

Parameters are a JSON Schema of few words, so that every agent's model understands it and a call is
checked in no time: objects, lists, texts, numbers, booleans, with enumerations and bounds.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from msgspec import Struct

from connective.engine.kind import Issue

LONGEST: Final = 1000
MOST: Final = 50
DEEPEST: Final = 4
NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
_PARAMETER: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}")
# What a call names beside the parameters: in whose chat the scenario runs.
RESERVED: Final = "client"
_ANY: Final = frozenset(("type", "title", "description", "default", "enum"))
_WORDS: Final[Mapping[str, frozenset[str]]] = {
    "string": _ANY | {"minLength", "maxLength", "format"},
    "integer": _ANY | {"minimum", "maximum"},
    "number": _ANY | {"minimum", "maximum"},
    "boolean": _ANY,
    "array": _ANY | {"items", "minItems", "maxItems"},
    "object": _ANY | {"properties", "required", "additionalProperties"},
}
_NUMBERS: Final = frozenset(
    ("minLength", "maxLength", "minItems", "maxItems", "minimum", "maximum")
)


class Offer(Struct, frozen=True, forbid_unknown_fields=True):
    """`offered` is the switch; the rest is kept while it is off."""

    offered: bool = False
    name: str = ""
    description: str = ""
    parameters: dict[str, Any] = {}


def issues(offer: Offer, *, is_open: bool) -> Iterator[Issue]:
    """What keeps an offered entry point from being published."""
    if not offer.offered:
        return
    if not is_open:
        yield Issue("agent_closed", "trigger")
    if not NAME.fullmatch(offer.name):
        yield Issue("agent_name", "agent.name", {"name": offer.name})
    if not offer.description.strip():
        yield Issue("required_empty", "agent.description", {"field": "agent.description"})
    elif len(offer.description) > LONGEST:
        yield Issue("agent_long", "agent.description", {"limit": LONGEST})
    yield from _of_parameters(offer.parameters)


def _of_parameters(parameters: dict[str, Any]) -> Iterator[Issue]:
    if not parameters:
        return
    path = "agent.parameters"
    if parameters.get("type") != "object":
        yield Issue("agent_schema_object", path)
        return
    if _count(parameters) > MOST:
        yield Issue("agent_schema_many", path, {"limit": MOST})
        return
    if RESERVED in _object(parameters, "properties"):
        place = f"{path}.properties.{RESERVED}"
        yield Issue("agent_parameter_reserved", place, {"name": RESERVED})
    yield from _of_schema(parameters, path, 1)


def _of_schema(schema: Any, path: str, depth: int) -> Iterator[Issue]:
    kind = schema.get("type") if isinstance(schema, dict) else None
    if not isinstance(kind, str) or kind not in _WORDS:
        yield Issue("agent_schema_type", path, {"types": ", ".join(_WORDS)})
        return
    for word in schema:
        if word not in _WORDS[kind]:
            params = {"word": word, "words": ", ".join(sorted(_WORDS[kind]))}
            yield Issue("agent_schema_word", f"{path}.{word}", params)
    yield from _of_words(schema, kind, path)
    if depth > DEEPEST:
        yield Issue("agent_schema_deep", path, {"limit": DEEPEST})
        return
    if kind == "array" and "items" in schema:
        yield from _of_schema(schema["items"], f"{path}.items", depth + 1)
    for name, inner in _object(schema, "properties").items():
        place = f"{path}.properties.{name}"
        if not _PARAMETER.fullmatch(name):
            yield Issue("agent_parameter_name", place, {"name": name})
        yield from _of_schema(inner, place, depth + 1)


def _of_words(schema: dict[str, Any], kind: str, path: str) -> Iterator[Issue]:
    """Words with values of the wrong kind."""
    texts = ("title", "description", "format")
    for word, value in schema.items():
        good = (
            _is_number(value, whole=not word.endswith("imum"))
            if word in _NUMBERS
            else isinstance(value, str)
            if word in texts
            else _is_choice(value)
            if word == "enum"
            else isinstance(value, bool)
            if word == "additionalProperties"
            else isinstance(value, dict)
            if word == "properties"
            else _names(value, _object(schema, "properties"))
            if word == "required"
            else True
        )
        if not good:
            yield Issue("agent_schema_value", f"{path}.{word}", {"word": word})


def _is_number(value: Any, *, whole: bool) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return not whole or (isinstance(value, int) and value >= 0)


def _is_choice(value: Any) -> bool:
    plain = str | int | float | bool
    return isinstance(value, list) and bool(value) and all(isinstance(v, plain) for v in value)


def _names(value: Any, known: Mapping[str, Any]) -> bool:
    return isinstance(value, list) and all(
        isinstance(name, str) and name in known for name in value
    )


def _object(schema: Any, word: str) -> dict[str, Any]:
    found = schema.get(word) if isinstance(schema, dict) else None
    return found if isinstance(found, dict) else {}


def _count(schema: Any, depth: int = 0) -> int:
    """How many parameters there are, in all depths that are looked at."""
    if depth > DEEPEST:
        return 0
    inner = list(_object(schema, "properties").values())
    items = schema.get("items") if isinstance(schema, dict) else None
    return len(inner) + sum(_count(one, depth + 1) for one in [*inner, items])
