"""Actions that choose the way: conditions, jumps, pauses, the end."""

from collections.abc import Mapping
from typing import Any, Final

from msgspec import ValidationError, convert

from connective.engine import dates, moves
from connective.engine.action import ActionSpec, Problem
from connective.engine.budget import COMPARISON, effort, weight
from connective.engine.conditions import OPS, Condition
from connective.engine.model import Frame, Message
from connective.engine.params import field, params, required
from connective.engine.validation import Bad, Validation, accept
from connective.engine.values import Refused, as_list, as_object, number, text, truth
from connective.engine.walk import MAX_STACK, Walk

GROUP: Final = "flow"
MAX_DELAY_MS: Final = 30 * 86_400_000
TYPES: Final = ("text", "integer", "number", "date", "datetime", "regex", "phone", "email")
Result = tuple[str, dict[str, Any]]


def _conditions(values: Mapping[str, Any]) -> list[Condition]:
    raw = values.get("conditions") or []
    if values.get("op"):
        first = {"left": values.get("left"), "op": values["op"], "right": values.get("right")}
        raw = [first, *as_list(raw)]
    try:
        return convert(raw, list[Condition])
    except ValidationError as error:
        raise Refused("bad_params", str(error)) from error


def _if_else(values: dict[str, Any], walk: Walk) -> Result:
    conditions = _conditions(values)
    walk.spend(sum(effort(found.op, found.left, found.right) for found in conditions))
    held = [OPS[found.op](found.left, found.right) for found in conditions]
    if not held:
        raise Refused("bad_params", "there is no condition")
    holds = any(held) if values.get("logic") == "or" else all(held)
    return ("true" if holds else "false"), {}


def _check_if_else(values: Mapping[str, Any]) -> list[Problem]:
    try:
        found = _conditions(values)
    except Refused:
        return [("conditions", "bad_parameter", {"field": "conditions", "expected": "op"})]
    return [] if found else [("op", "required_parameter", {"field": "op"})]


def _cases(values: Mapping[str, Any]) -> list[dict[str, Any]]:
    found = values.get("cases")
    return [case for case in found if isinstance(case, dict)] if isinstance(found, list) else []


def _switch(values: dict[str, Any], walk: Walk) -> Result:
    cases = _cases(values)
    walk.spend(len(cases) * (COMPARISON + weight(values["value"])))
    for case in cases:
        if OPS["eq"](values["value"], case.get("value")):
            return text(case.get("event")) or "default", {}
    return "default", {}


def _switch_ports(values: Mapping[str, Any], _languages: list[str]) -> list[str]:
    return [str(case["event"]) for case in _cases(values) if case.get("event")]


def _check_switch(values: Mapping[str, Any]) -> list[Problem]:
    if _switch_ports(values, []):
        return []
    return [("cases", "bad_parameter", {"field": "cases", "expected": "[{value, event}]"})]


def _validate(values: dict[str, Any], walk: Walk) -> Result:
    value = walk.read(text(values["constant"])) if values.get("constant") else values.get("value")
    try:
        rule = Validation(
            type=values["type"],
            min=values.get("min"),
            max=values.get("max"),
            regex=text(values.get("regex")),
        )
        accept(rule, Message(text=text(value)), walk.timezone)
    except Bad:
        return "invalid", {}
    except KeyError as error:
        raise Refused("bad_params", f"type is one of {', '.join(TYPES)}") from error
    return "valid", {}


def _delay(values: dict[str, Any], walk: Walk) -> Result:
    seconds, until = values.get("seconds"), values.get("until")
    if seconds not in (None, ""):
        found = number(seconds)
        if found is None:
            raise Refused("bad_params", "seconds is not a number")
        pause = int(found * 1000)
    else:
        moment = dates.parse(until, walk.timezone)
        if moment is None:
            raise Refused("bad_params", "until is not a date")
        pause = int(moment.timestamp() * 1000) - walk.env.now
    if pause > MAX_DELAY_MS:
        raise Refused("bad_params", "a delay lasts at most 30 days")
    if pause > 0:
        walk.wait("delay", pause, fixed=seconds in (None, ""))
    return "next", {}


def _check_delay(values: Mapping[str, Any]) -> list[Problem]:
    if values.get("seconds") in (None, "") and not values.get("until"):
        return [("seconds", "required_parameter", {"field": "seconds"})]
    return []


def _goto_alias(values: dict[str, Any], walk: Walk) -> Result:
    alias = text(values["alias"])
    target = walk.program.aliases.get(alias)
    if target is None:
        raise Refused("alias_missing", f"no entry point has the alias {alias[:64]}")
    walk.jump = target
    return "success", as_object(values.get("vars"))


def _call_section(values: dict[str, Any], walk: Walk) -> Result:
    name = text(values["section"])
    target = walk.program.sections.get(name) or walk.program.aliases.get(name)
    if target is None:
        raise Refused("section_missing", f"no section {name[:100]} with an entry point")
    if len(walk.state.stack) >= MAX_STACK:
        raise Refused("stack_full", f"sections call each other more than {MAX_STACK} deep")
    node_id = walk.state.node_id or 0
    walk.state.stack = [*walk.state.stack, Frame(node_id, "return")]
    walk.jump = target
    return "return", as_object(values.get("vars"))


def _restart(values: dict[str, Any], walk: Walk) -> Result:
    if values.get("keep_vars") not in (None, "") and not truth(values["keep_vars"]):
        walk.variables.clear()
    walk.state.stack, walk.state.loops = [], []
    walk.jump = moves.start(walk)
    return "success", {}


def _stop(_values: dict[str, Any], walk: Walk) -> Result:
    walk.end("done")
    walk.halted = True
    return "success", {}


def _log(values: dict[str, Any], walk: Walk) -> Result:
    walk.warn("log", level=values.get("level") or "info", text=text(values["text"])[:2000])
    return "success", {}


ACTIONS: Final = (
    ActionSpec(
        id="if_else",
        kind="pure",
        group=GROUP,
        events=("true", "false"),
        params=params(
            left=field("string"),
            op=field("select", options=tuple(OPS)),
            right=field("json"),
            conditions=field("list"),
            logic=field("select", options=("and", "or")),
        ),
        check=_check_if_else,
        run=_if_else,
        example={"left": "{{age}}", "op": "gte", "right": 18},
    ),
    ActionSpec(
        id="switch",
        kind="pure",
        group=GROUP,
        events=("default",),
        params=params(value=required("string", blank=True), cases=required("list")),
        ports=_switch_ports,
        check=_check_switch,
        run=_switch,
        example={"value": "{{size}}", "cases": [{"value": "L", "event": "large"}]},
    ),
    ActionSpec(
        id="validate",
        kind="pure",
        group=GROUP,
        events=("valid", "invalid"),
        params=params(
            value=field("string"),
            constant=field("variable"),
            type=required("select", options=TYPES),
            min=field("string"),
            max=field("string"),
            regex=field("string"),
        ),
        run=_validate,
        example={"value": "{{phone}}", "type": "phone"},
    ),
    ActionSpec(
        id="delay",
        kind="pure",
        group=GROUP,
        events=("next",),
        params=params(seconds=field("number", minimum=0), until=field("date")),
        check=_check_delay,
        run=_delay,
        example={"seconds": 60},
    ),
    ActionSpec(
        id="goto_alias",
        kind="pure",
        group=GROUP,
        events=(),
        params=params(alias=required("alias"), vars=field("object")),
        run=_goto_alias,
        example={"alias": "csat"},
    ),
    ActionSpec(
        id="call_section",
        kind="pure",
        group=GROUP,
        events=("return",),
        params=params(section=required("string"), vars=field("object")),
        run=_call_section,
        example={"section": "Payment"},
    ),
    ActionSpec(
        id="restart",
        kind="pure",
        group=GROUP,
        events=(),
        params=params(keep_vars=field("boolean", default=True)),
        run=_restart,
        example={"keep_vars": False},
    ),
    ActionSpec(
        id="stop", kind="pure", group=GROUP, events=(), params=params(), run=_stop, example={}
    ),
    ActionSpec(
        id="log",
        kind="pure",
        group=GROUP,
        events=("success",),
        params=params(
            level=field("select", options=("info", "warning", "error")), text=required("text")
        ),
        run=_log,
        example={"level": "info", "text": "Total {{total}}"},
    ),
)
