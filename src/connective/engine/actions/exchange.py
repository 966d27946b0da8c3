"""Actions at the edge of a scenario: what it was started with, where, what it returns."""

from typing import Any, Final
from urllib.parse import parse_qsl

from connective.engine.action import ActionSpec
from connective.engine.params import field, params, required
from connective.engine.values import Refused, as_object, empty, text
from connective.engine.walk import Walk

GROUP: Final = "integration"
CHANNELS: Final = (
    "telegram", "viber", "facebook", "instagram", "whatsapp", "widget", "custom_channel",
    "gmail", "outlook", "email", "sms",
)  # fmt: skip
Result = tuple[str, dict[str, Any]]


def _parse_params(values: dict[str, Any], walk: Walk) -> Result:
    source = values.get("source")
    given = text(walk.find("messenger_input_param") if empty(source) else source).strip()
    if not given:
        return "empty", {}
    names = values.get("names")
    wanted = names if isinstance(names, list) else text(names).split(",")
    found = _pairs(given, [text(name).strip() for name in wanted if text(name).strip()])
    return ("success" if found else "empty"), found


def _pairs(given: str, names: list[str]) -> dict[str, Any]:
    """`a=1&b=2` and `a-1__b-2` name their values; anything else is taken in the names' order."""
    if "=" in given:
        pairs = dict(parse_qsl(given, max_num_fields=50))
        return {k: v for k, v in pairs.items() if not names or k in names}
    parts = given.split("__")
    named = dict(part.split("-", 1) for part in parts if "-" in part)
    if len(named) == len(parts) and (not names or set(names) & set(named)):
        return {k: v for k, v in named.items() if not names or k in names}
    if len(parts) == 1 and len(names) > 1:
        parts = given.split("-", len(names) - 1)
    return dict(zip(names, parts, strict=False))


def _get_channel(_values: dict[str, Any], walk: Walk) -> Result:
    channel = walk.env.channel
    return (channel if channel in CHANNELS else "default"), {}


def _api_return(values: dict[str, Any], walk: Walk) -> Result:
    output = as_object(values.get("values"))
    if not output:
        raise Refused("bad_params", "values is empty")
    walk.output(output)
    return "success", {}


ACTIONS: Final = (
    ActionSpec(
        id="parse_params",
        kind="pure",
        group=GROUP,
        events=("success", "empty"),
        params=params(source=field("string"), names=field("list")),
        run=_parse_params,
        example={"names": ["order", "source"]},
    ),
    ActionSpec(
        id="get_channel",
        kind="pure",
        group=GROUP,
        events=(*CHANNELS, "default"),
        params=params(),
        run=_get_channel,
        example={},
    ),
    ActionSpec(
        id="api_return",
        kind="pure",
        group=GROUP,
        events=("success",),
        params=params(values=required("object")),
        run=_api_return,
        example={"values": {"order": "{{order.id}}", "status": "accepted"}},
    ),
)
