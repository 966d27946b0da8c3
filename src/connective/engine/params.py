"""Parameters of actions as a JSON Schema, and the check of values against one."""

from collections.abc import Mapping
from typing import Any, Final

from connective.engine.action import Problem
from connective.engine.values import empty, number

_JSON_TYPES: Final[dict[str, list[str]]] = {
    "string": ["string"],
    "text": ["string"],
    "code": ["string"],
    "variable": ["string"],
    "alias": ["string"],
    "number": ["number", "string"],
    "integer": ["integer", "string"],
    "boolean": ["boolean", "string"],
    "json": ["object", "array", "string", "number", "boolean", "null"],
    "list": ["array", "string"],
    "object": ["object", "string"],
}
Field = dict[str, Any]


def field(
    kind: str,
    *,
    required: bool = False,
    options: tuple[str, ...] = (),
    blank: bool = False,
    **limits: Any,
) -> Field:
    """One parameter; `kind` is the form's field, `blank` lets a required one be an empty text."""
    found: Field = {"type": _JSON_TYPES.get(kind, ["string"]), "x-field": kind, **limits}
    if options:
        found["enum"] = list(options)
    if required:
        found["x-required"] = True
    if blank:
        found["x-blank"] = True
    return found


def required(kind: str, **more: Any) -> Field:
    """A parameter that must be given."""
    return field(kind, required=True, **more)


def params(**fields: Field) -> dict[str, Any]:
    """The schema of an action's parameters."""
    names = [name for name, found in fields.items() if found.pop("x-required", False)]
    return {
        "type": "object",
        "properties": fields,
        "required": names,
        "additionalProperties": False,
    }


def needed(schema: Mapping[str, Any]) -> tuple[str, ...]:
    """Parameters that must not be empty when the action runs."""
    properties = schema.get("properties", {})
    names = schema.get("required", ())
    return tuple(n for n in names if not properties.get(n, {}).get("x-blank"))


def check(schema: Mapping[str, Any], values: Mapping[str, Any]) -> list[Problem]:
    """What is wrong with values before their placeholders are filled."""
    properties: Mapping[str, Any] = schema.get("properties", {})
    found: list[Problem] = []
    if schema.get("additionalProperties") is False:
        found += [(n, "unknown_parameter", {"field": n}) for n in values if n not in properties]
    for name in schema.get("required", ()):
        blank = properties.get(name, {}).get("x-blank")
        if name not in values or (empty(values[name]) and not blank):
            found.append((name, "required_parameter", {"field": name}))
    for name, value in values.items():
        if name in properties and not _fits(properties[name], value):
            expected = ", ".join(map(str, properties[name].get("enum", ()))) or _kind(
                properties[name]
            )
            found.append((name, "bad_parameter", {"field": name, "expected": expected}))
    return found


def _kind(described: Mapping[str, Any]) -> str:
    return str(described.get("x-field") or described.get("type") or "")


def _fits(described: Mapping[str, Any], value: Any) -> bool:
    if empty(value) or (isinstance(value, str) and "{{" in value):
        return True
    if (choices := described.get("enum")) and value not in choices:
        return False
    kind = described.get("x-field")
    if kind in {"number", "integer"}:
        return _in_range(described, number(value), whole=kind == "integer")
    if kind in {"object", "boolean"} and not isinstance(value, str):
        return isinstance(value, dict if kind == "object" else bool)
    return True


def _in_range(described: Mapping[str, Any], value: float | None, *, whole: bool) -> bool:
    if value is None or (whole and value != int(value)):
        return False
    low, high = described.get("minimum"), described.get("maximum")
    return (low is None or value >= low) and (high is None or value <= high)
