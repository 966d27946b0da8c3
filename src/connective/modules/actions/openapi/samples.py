"""Data after a schema: its defaults, and placeholders for what an author has to give."""

from collections.abc import Iterator
from typing import Any

from connective.modules.actions.openapi import names
from connective.modules.actions.openapi.part import Part

DEEPEST = 6
VALUES_AT_MOST = 100
NAME_AT_MOST = 200


class Sample:
    """One body; what goes beyond the bounds is one placeholder."""

    def __init__(self) -> None:
        self._left = VALUES_AT_MOST

    def of(self, schema: Part, *path: str) -> Any:
        """`path` names the value from the outermost object on."""
        self._left -= 1
        fixed = fixed_value(schema)
        if fixed is not None:
            return fixed
        if len(path) < DEEPEST and self._left > 0:
            kind = kind_of(schema)
            if kind == "array" and "items" in schema.fields:
                return [self.of(schema.need("items"), *path)]
            found = list(properties(schema)) if kind == "object" else []
            if found:
                return {name: self.of(part, *path, name) for name, part in found}
        return names.place(*(path or ("body",)))


def fixed_value(schema: Part) -> Any:
    """What a schema itself says a single value is; None where it says nothing."""
    fields = schema.fields
    choices = fields.get("enum")
    given = [fields.get("const"), fields.get("default")]
    given += choices[:1] if isinstance(choices, list) else []
    return next((one for one in given if isinstance(one, str | int | float)), None)


def kind_of(schema: Part) -> str:
    """The type; the first that is not null where there are several."""
    kind = schema.fields.get("type")
    if isinstance(kind, list):
        kind = next((one for one in kind if one != "null"), None)
    if isinstance(kind, str):
        return kind
    composed = any(schema.fields.get(name) for name in ("properties", "allOf", "oneOf", "anyOf"))
    return "object" if composed else "string"


def properties(schema: Part, depth: int = 0) -> Iterator[tuple[str, Part]]:
    """Of an object and of what it is put together from; of alternatives the first counts."""
    if depth > DEEPEST:
        return
    parts = schema.get("allOf")
    for part in parts.each() if parts else ():
        yield from properties(part, depth + 1)
    for word in ("oneOf", "anyOf"):
        choices = schema.get(word)
        for part in list(choices.each())[:1] if choices else ():
            yield from properties(part, depth + 1)
    own = schema.get("properties")
    for name, part in own.items() if own else ():
        if len(name) <= NAME_AT_MOST and not part.fields.get("readOnly"):
            yield name, part
