"""Actions on variables: set, forget, count, merge, JSON."""

import re
from collections.abc import Mapping
from typing import Any, Final

from connective.engine.action import ActionSpec, Problem
from connective.engine.budget import weight
from connective.engine.params import field, params, required
from connective.engine.values import (
    MISSING,
    Refused,
    as_object,
    decimal,
    decode,
    empty,
    encoded,
    plain,
    read,
    text,
)
from connective.engine.walk import Walk

GROUP: Final = "variables"
STEP: Final = 8  # a path looks at items one by one
_INDEX: Final = re.compile(r"\[(-?\d{1,9})\]")
Result = tuple[str, dict[str, Any]]


def _set(values: dict[str, Any], _walk: Walk) -> Result:
    writes = dict(as_object(values.get("values")))
    if not empty(values.get("name")):
        writes[text(values["name"])] = values.get("value", "")
    if not writes:
        raise Refused("bad_params", "name is empty")
    return "success", writes


def _check_set(values: Mapping[str, Any]) -> list[Problem]:
    if values.get("values"):
        return []
    if empty(values.get("name")):
        return [("name", "required_parameter", {"field": "name"})]
    if "value" not in values:
        return [("value", "required_parameter", {"field": "value"})]
    return []


def _unset(values: dict[str, Any], walk: Walk) -> Result:
    names = values["names"]
    for name in names if isinstance(names, list) else text(names).split(","):
        walk.unset(name)
    return "success", {}


def _increment(values: dict[str, Any], walk: Walk) -> Result:
    name = text(values["name"])
    current = walk.read(name)
    start = decimal(0 if empty(current) else current)
    by = decimal(values.get("by") if not empty(values.get("by")) else 1)
    if start is None or by is None:
        raise Refused("not_a_number", f"{name} or its step is not a number")
    return "success", {name: plain(start + by)}


def _merge(values: dict[str, Any], walk: Walk) -> Result:
    name = text(values["target"])
    current = walk.read(name)
    target = {} if current is MISSING else as_object(current)
    return "success", {name: {**target, **as_object(values["source"])}}


def _json_parse(values: dict[str, Any], _walk: Walk) -> Result:
    source = values["text"]
    try:
        parsed = decode(source) if isinstance(source, str) else source
    except Refused:
        return "invalid", {}
    return "ok", {text(values["save_to"]): parsed}


def _json_stringify(values: dict[str, Any], _walk: Walk) -> Result:
    return "success", {text(values["save_to"]): encoded(values["value"]).decode()}


def at_path(source: Any, path: str) -> Any:
    """What stands at `a.b`, `items[0].id`, `items[-1]`, `*.name` or `$`; MISSING when nothing."""
    keys = [key for key in _INDEX.sub(r".\1", path.strip()).split(".") if key and key != "$"]
    return _walk_path(source, keys[:50])


def _walk_path(source: Any, keys: list[str]) -> Any:
    for index, key in enumerate(keys):
        if key == "*":
            items = list(source.values()) if isinstance(source, dict) else source
            if not isinstance(items, list):
                return MISSING
            found = [_walk_path(item, keys[index + 1 :]) for item in items]
            return [item for item in found if item is not MISSING]
        source = read(source, (key,))
    return source


def _json_path(values: dict[str, Any], walk: Walk) -> Result:
    source = values["source"]
    walk.spend(weight(source) * STEP)
    if isinstance(source, str):
        source = decode(source)
    found = at_path(source, text(values["path"]))
    if empty(found):
        return "empty", {text(values["save_to"]): None}
    return "found", {text(values["save_to"]): found}


ACTIONS: Final = (
    ActionSpec(
        id="set",
        kind="pure",
        group=GROUP,
        events=("success",),
        params=params(name=field("variable"), value=field("json"), values=field("object")),
        check=_check_set,
        run=_set,
        example={"name": "city", "value": "{{last_message|trim}}"},
    ),
    ActionSpec(
        id="unset",
        kind="pure",
        group=GROUP,
        events=("success",),
        params=params(names=required("list")),
        run=_unset,
        example={"names": ["city", "street"]},
    ),
    ActionSpec(
        id="increment",
        kind="pure",
        group=GROUP,
        events=("success",),
        params=params(name=required("variable"), by=field("number", default=1)),
        run=_increment,
        example={"name": "tries", "by": 1},
    ),
    ActionSpec(
        id="merge",
        kind="pure",
        group=GROUP,
        events=("success",),
        params=params(target=required("variable"), source=required("object", blank=True)),
        run=_merge,
        example={"target": "order", "source": {"status": "paid"}},
    ),
    ActionSpec(
        id="json_parse",
        kind="pure",
        group=GROUP,
        events=("ok", "invalid"),
        params=params(text=required("text", blank=True), save_to=required("variable")),
        run=_json_parse,
        example={"text": "{{answer}}", "save_to": "order"},
    ),
    ActionSpec(
        id="json_stringify",
        kind="pure",
        group=GROUP,
        events=("success",),
        params=params(value=required("json", blank=True), save_to=required("variable")),
        run=_json_stringify,
        example={"value": "{{order}}", "save_to": "order_text"},
    ),
    ActionSpec(
        id="json_path",
        kind="pure",
        group=GROUP,
        events=("found", "empty"),
        params=params(
            source=required("json", blank=True),
            path=required("string"),
            save_to=required("variable"),
        ),
        run=_json_path,
        example={"source": "{{order}}", "path": "items[0].name", "save_to": "first_item"},
    ),
)
