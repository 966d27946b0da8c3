"""Actions on numbers: arithmetic, format, chance."""

import re
from decimal import Decimal
from random import Random
from typing import Any, Final
from uuid import UUID

from connective.engine.action import ActionSpec
from connective.engine.actions.lists import list_of
from connective.engine.arithmetic import calculate
from connective.engine.budget import COMPARISON
from connective.engine.filters import fixed
from connective.engine.params import field, params, required
from connective.engine.values import Refused, decimal, empty, plain, text, whole
from connective.engine.walk import Walk

GROUP: Final = "numbers"
RESULT: Final = "result"
_PATTERN: Final = re.compile(
    r"(?:#(?P<group>[ ,.'\u00a0]?)##)?[#0](?P<point>[.,])?(?P<digits>[0#]*)"
)
Result = tuple[str, dict[str, Any]]


def _math(values: dict[str, Any], walk: Walk) -> Result:
    expression = text(values["expression"])
    walk.spend(len(expression) * COMPARISON)
    return "success", {text(values["save_to"]): calculate(expression)}


def formatted(value: Decimal, picture: str) -> str:
    """A number by a pattern: `# ##0.00`, `#,##0.##`, `0`; `#` digits are left out when zero."""
    match = _PATTERN.fullmatch(picture)
    if match is None:
        raise Refused("bad_params", "pattern is like # ##0.00")
    digits = match["digits"] or ""
    whole_part, _, rest = fixed(value, len(digits)).partition(".")
    least = digits.rfind("0") + 1
    while len(rest) > least and rest.endswith("0"):
        rest = rest[:-1]
    separator = match["group"] or ""
    sign, whole_part = ("-", whole_part[1:]) if whole_part.startswith("-") else ("", whole_part)
    grouped = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", separator, whole_part)
    return sign + grouped + (f"{match['point']}{rest}" if rest else "")


def _format(values: dict[str, Any], _walk: Walk) -> Result:
    value = decimal(values["value"])
    if value is None:
        raise Refused("not_a_number", "value is not a number")
    shown = formatted(value, text(values.get("pattern")) or "# ##0.##")
    return "success", {text(values.get("save_to")) or RESULT: shown}


def _chance(walk: Walk) -> Random:
    """Chance that a replay repeats: seeded by the step's record and the place in it."""
    run = walk.state.run
    place = f"{run.id}:{run.step}" if run else "0:0"
    return Random(f"{walk.env.seed}:{place}:{walk.passed}")


def _random(values: dict[str, Any], walk: Walk) -> Result:
    target = text(values.get("save_to")) or RESULT
    if not empty(values.get("list")):
        items = list_of(values["list"], walk)
        if not items:
            raise Refused("bad_params", "the list is empty")
        return "success", {target: _chance(walk).choice(items)}
    low = whole(values.get("min") if not empty(values.get("min")) else 1, "min")
    high = whole(values.get("max") if not empty(values.get("max")) else 100, "max")
    if low > high:
        raise Refused("bad_params", "min is greater than max")
    return "success", {target: plain(Decimal(_chance(walk).randint(low, high)))}


def _uuid(values: dict[str, Any], walk: Walk) -> Result:
    made = UUID(int=_chance(walk).getrandbits(128), version=4)
    return "success", {text(values["save_to"]): str(made)}


ACTIONS: Final = (
    ActionSpec(
        id="math",
        kind="pure",
        group=GROUP,
        events=("success",),
        params=params(expression=required("string"), save_to=required("variable")),
        run=_math,
        example={"expression": "{{price}} * {{count}}", "save_to": "total"},
    ),
    ActionSpec(
        id="format_number",
        kind="pure",
        group=GROUP,
        events=("success",),
        params=params(
            value=required("number"),
            pattern=field("string", default="# ##0.##"),
            save_to=field("variable", default=RESULT),
        ),
        run=_format,
        example={"value": "{{total}}", "pattern": "# ##0.00", "save_to": "total_text"},
    ),
    ActionSpec(
        id="random",
        kind="pure",
        group=GROUP,
        events=("success",),
        params=params(
            min=field("integer", default=1),
            max=field("integer", default=100),
            list=field("list"),
            save_to=field("variable", default=RESULT),
        ),
        run=_random,
        example={"min": 1, "max": 6, "save_to": "dice"},
    ),
    ActionSpec(
        id="uuid",
        kind="pure",
        group=GROUP,
        events=("success",),
        params=params(save_to=required("variable")),
        run=_uuid,
        example={"save_to": "request_id"},
    ),
)
