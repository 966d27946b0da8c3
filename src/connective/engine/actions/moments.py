"""Actions on dates: now, later, in another form."""

from typing import Any, Final

from connective.engine import dates
from connective.engine.action import ActionSpec
from connective.engine.params import field, params, required
from connective.engine.values import Refused, text, whole
from connective.engine.walk import Walk

GROUP: Final = "dates"
RESULT: Final = "result"
Result = tuple[str, dict[str, Any]]


def _now(values: dict[str, Any], walk: Walk) -> Result:
    moment = dates.at(walk.env.now, text(values.get("tz")) or walk.timezone)
    pattern = text(values.get("format"))
    shown = dates.show(moment, pattern) if pattern else dates.iso(moment)
    return "success", {text(values["save_to"]): shown}


def _add(values: dict[str, Any], walk: Walk) -> Result:
    moment = dates.parse(values["date"], walk.timezone)
    if moment is None:
        raise Refused("bad_date", "date is not a date")
    moved = dates.shifted(moment, whole(values["amount"], "amount"), text(values["unit"]))
    day_only = len(text(values["date"]).strip()) == len("2030-01-31")
    kept = day_only and dates.UNITS[text(values["unit"])] % 86400 == 0
    shown = moved.date().isoformat() if kept else dates.iso(moved)
    return "success", {text(values.get("save_to")) or RESULT: shown}


def _format(values: dict[str, Any], walk: Walk) -> Result:
    source = text(values.get("from"))
    if source:
        moment = dates.parse_pattern(values["date"], source, walk.timezone)
    else:
        moment = dates.parse(values["date"], walk.timezone)
    if moment is None:
        return "invalid", {}
    shown = dates.show(moment.astimezone(dates.zone(walk.timezone)), text(values["to"]))
    return "ok", {text(values.get("save_to")) or RESULT: shown}


ACTIONS: Final = (
    ActionSpec(
        id="date_now",
        kind="pure",
        group=GROUP,
        events=("success",),
        params=params(format=field("string"), tz=field("string"), save_to=required("variable")),
        run=_now,
        example={"format": "DD.MM.YYYY HH:mm", "save_to": "asked_at"},
    ),
    ActionSpec(
        id="date_add",
        kind="pure",
        group=GROUP,
        events=("success",),
        params=params(
            date=required("date"),
            amount=required("integer"),
            unit=required("select", options=tuple(dates.UNITS)),
            save_to=field("variable", default=RESULT),
        ),
        run=_add,
        example={"date": "{{today}}", "amount": 3, "unit": "days", "save_to": "due"},
    ),
    ActionSpec(
        id="date_format",
        kind="pure",
        group=GROUP,
        events=("ok", "invalid"),
        params=params(
            **{
                "date": required("date"),
                "from": field("string"),
                "to": required("string"),
                "save_to": field("variable", default=RESULT),
            }
        ),
        run=_format,
        example={"date": "{{due}}", "to": "DD.MM.YYYY", "save_to": "due_text"},
    ),
)
