"""Which parts of an answer go into which variables: the author's mapping, read and checked."""

import re
from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct

from connective.engine.action import Problem
from connective.engine.conditions import OPS
from connective.engine.values import empty, number, text
from connective.modules.actions.send_request import paths

TYPES: Final = ("string", "number", "integer", "boolean", "json")
LIST_KEYS: Final = ("list_obj", "list_path", "filter", "limit", "save_mapped_list_obj")
SAVE_KEYS: Final = ("save_responce", "save_response", "save_file")
DEFAULT_LIMIT: Final = 100
MAX_LIMIT: Final = 10_000
_VARIABLE: Final = re.compile(r"[^\s{}|\"']{1,128}")


class Field(Struct, frozen=True):
    """One value: where it is in the answer, and which variable takes it."""

    path: str
    var: str
    default: Any = None
    type: str = ""


class Test(Struct, frozen=True):
    """A condition on an element: the value at its path against another."""

    path: str
    op: str
    value: Any = None


class Listing(Struct, frozen=True, kw_only=True):
    """An array of the answer turned into an array of our shape."""

    template: Any
    var: str
    path: str = "$"
    tests: tuple[Test, ...] = ()
    limit: int = DEFAULT_LIMIT


class Plan(Struct, frozen=True, kw_only=True):
    """All that is taken from an answer."""

    fields: tuple[Field, ...] = ()
    listing: Listing | None = None
    save_response: str = ""
    save_file: str = ""

    @property
    def needs_structure(self) -> bool:
        """Whether the answer must be JSON or XML for it."""
        return self.listing is not None or any(
            field.path not in ("$", "$status") and not field.path.startswith("$headers.")
            for field in self.fields
        )


def read(values: Mapping[str, Any]) -> tuple[Plan, list[Problem]]:
    """The plan, and what is wrong with it."""
    problems: list[Problem] = []
    mapping = values.get("response_mapping")
    if not empty(mapping) and not isinstance(mapping, dict | list):
        problems.append(("response_mapping", "not_an_object", {"field": "response_mapping"}))
        mapping = None
    inside = mapping if isinstance(mapping, dict) else {}
    settings = {
        key: inside[key] if not empty(inside.get(key)) else values.get(key)
        for key in (*LIST_KEYS, *SAVE_KEYS)
    }
    plan = Plan(
        fields=tuple(_fields(mapping or {}, problems)),
        listing=_listing(settings, problems),
        save_response=_variable(
            "save_responce", settings["save_responce"] or settings["save_response"], problems
        ),
        save_file=_variable("save_file", settings["save_file"], problems),
    )
    return plan, problems


def _fields(mapping: dict[str, Any] | list[Any], problems: list[Problem]) -> list[Field]:
    if isinstance(mapping, list):
        pairs = [(f"response_mapping[{i}]", "", item) for i, item in enumerate(mapping)]
    else:
        pairs = [
            (f"response_mapping.{path}", path, target)
            for path, target in mapping.items()
            if path not in LIST_KEYS and path not in SAVE_KEYS
        ]
    return [_field(*pair, problems) for pair in pairs]


def _field(where: str, path: str, target: Any, problems: list[Problem]) -> Field:
    more = target if isinstance(target, dict) else {"var": target}
    path = text(more.get("path") or path).strip()
    kind = text(more.get("type"))
    if kind and kind not in TYPES:
        problems.append((where, "bad_parameter", {"field": where, "expected": ", ".join(TYPES)}))
    _check_path(where, path, problems)
    var = _variable(where, more.get("var"), problems, required=True)
    return Field(path, var, more.get("default"), kind)


def _listing(settings: dict[str, Any], problems: list[Problem]) -> Listing | None:
    template, var = settings["list_obj"], settings["save_mapped_list_obj"]
    if empty(template) and empty(var):
        return None
    if empty(template):
        problems.append(("list_obj", "required_parameter", {"field": "list_obj"}))
    path = text(settings["list_path"]).strip() or "$"
    _check_path("list_path", path, problems)
    return Listing(
        template=template,
        var=_variable("save_mapped_list_obj", var, problems, required=True),
        path=path,
        tests=_tests(settings["filter"], problems),
        limit=_limit(settings["limit"], problems),
    )


def _limit(value: Any, problems: list[Problem]) -> int:
    if empty(value):
        return DEFAULT_LIMIT
    found = number(value)
    if found is None or found != int(found) or not 1 <= found <= MAX_LIMIT:
        bounds = {"field": "limit", "minimum": 1, "maximum": MAX_LIMIT}
        problems.append(("limit", "out_of_range", bounds))
        return DEFAULT_LIMIT
    return int(found)


def _tests(given: Any, problems: list[Problem]) -> tuple[Test, ...]:
    """`{"ccy": "USD"}`, or `{path, op, value}`, or a list of these."""
    if empty(given):
        return ()
    found: list[Test] = []
    for item in given if isinstance(given, list) else [given]:
        if not isinstance(item, dict):
            problems.append(("filter", "not_an_object", {"field": "filter"}))
        elif "path" in item or "op" in item:
            test = Test(text(item.get("path")), text(item.get("op")) or "eq", item.get("value"))
            if test.op not in OPS:
                problems.append(
                    ("filter", "bad_parameter", {"field": "filter", "expected": ", ".join(OPS)})
                )
                continue
            _check_path("filter", test.path, problems)
            found.append(test)
        else:
            found += [Test(path, "eq", value) for path, value in item.items()]
    return tuple(found)


def _check_path(where: str, path: str, problems: list[Problem]) -> None:
    if path == "$status" or path.startswith("$headers."):
        return
    try:
        paths.steps(path)
    except paths.BadPath:
        problems.append((where, "bad_path", {"path": path[:100]}))


def _variable(where: str, value: Any, problems: list[Problem], *, required: bool = False) -> str:
    name = text(value).strip() if isinstance(value, str) else ""
    if empty(value) and not required:
        return ""
    if not _VARIABLE.fullmatch(name):
        problems.append((where, "bad_variable", {"name": text(value)[:100]}))
    return name
