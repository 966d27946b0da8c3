"""Takes values out of an answer into variables, by the author's plan."""

from collections.abc import Mapping
from typing import Any, Final

from connective.contracts.action import LogEntry
from connective.engine.conditions import OPS
from connective.engine.expand import expand_over
from connective.engine.values import (
    MAX_VALUE_BYTES,
    MISSING,
    Refused,
    bounded,
    decode,
    number,
    text,
)
from connective.modules.actions.send_request import paths
from connective.modules.actions.send_request.answer import Parsed
from connective.modules.actions.send_request.mapping import Field, Listing, Plan
from connective.modules.actions.send_request.problems import Failed

_TRUE: Final = {"true", "1", "yes"}
_FALSE: Final = {"false", "0", "no"}


class Taken:
    """Variables to write, and notes for the run log."""

    def __init__(self) -> None:
        self.writes: dict[str, Any] = {}
        self.notes: list[LogEntry] = []

    def note(self, code: str, what: str) -> None:
        self.notes.append(LogEntry("warning", code, what[:300]))

    def write(self, name: str, value: Any) -> None:
        try:
            self.writes[name] = bounded(value)
        except Refused as error:
            self.note(error.code, f"{name}: {error.message}")
            self.writes[name] = value[:MAX_VALUE_BYTES] if isinstance(value, str) else None


def keep_response(taken: Taken, plan: Plan, parsed: Parsed) -> None:
    """The raw answer: the value of a JSON or XML body, else its text."""
    if plan.save_response:
        raw = parsed.text if parsed.value is MISSING else parsed.value
        taken.write(plan.save_response, raw)


def take(taken: Taken, plan: Plan, parsed: Parsed, variables: Mapping[str, Any]) -> None:
    """Raises Failed when the plan needs JSON and the answer has none."""
    if plan.needs_structure and parsed.value is MISSING:
        code = "bad_xml" if "xml" in parsed.media_type else "bad_json"
        kind = "XML" if code == "bad_xml" else "JSON"
        raise Failed(code, f"response is not {kind} ({parsed.media_type})")
    for field in plan.fields:
        taken.write(field.var, _value(taken, field, parsed, variables))
    if plan.listing is not None:
        taken.write(plan.listing.var, _listed(taken, plan.listing, parsed, variables))


def _value(taken: Taken, field: Field, parsed: Parsed, variables: Mapping[str, Any]) -> Any:
    found = parsed.find(field.path)
    if found is MISSING or (found is None and field.default is not None):
        if field.default is None:
            taken.note("missing_path", f"{field.path} is not in the answer")
            return None
        return expand_over(field.default, variables)
    if not field.type:
        return found
    cast = _cast(found, field.type)
    if cast is MISSING:
        taken.note("bad_type", f"{field.path} is not of type {field.type}")
        return None
    return cast


def _cast(value: Any, kind: str) -> Any:
    """The value as the type, or MISSING."""
    if kind == "string":
        return text(value)
    if kind == "boolean":
        word = text(value).strip().casefold()
        return True if word in _TRUE else False if word in _FALSE else MISSING
    if kind == "json":
        return _opened(value)
    found = number(value)
    if found is None or (kind == "integer" and found != int(found)):
        return MISSING
    return int(found) if kind == "integer" else found


def _opened(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return decode(value)
    except Refused:
        return MISSING


def _listed(
    taken: Taken, listing: Listing, parsed: Parsed, variables: Mapping[str, Any]
) -> list[Any]:
    """The template filled for each element; an element's fields win over variables."""
    source = parsed.find(listing.path)
    if source is MISSING or source is None:
        taken.note("missing_path", f"{listing.path} is not in the answer")
        return []
    items = source if isinstance(source, list) else [source]
    kept = [item for item in items if _passes(listing, item, variables)]
    if len(kept) > listing.limit:
        taken.note("limited", f"{len(kept)} elements, {listing.limit} taken")
    shaped: list[Any] = []
    for index, item in enumerate(kept[: listing.limit]):
        own = {"item": item, "index": index}
        fields = item if isinstance(item, dict) else {}
        shaped.append(expand_over(listing.template, fields, own, variables))
    return shaped


def _passes(listing: Listing, item: Any, variables: Mapping[str, Any]) -> bool:
    return all(
        OPS[test.op](
            paths.find(item, test.path) if test.path else item,
            expand_over(test.value, variables),
        )
        for test in listing.tests
    )
