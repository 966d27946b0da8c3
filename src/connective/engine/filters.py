"""Filters of placeholders: `{{total|number:2}}`."""

import functools
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any, Final
from urllib.parse import quote

from connective.engine import dates
from connective.engine.budget import QUOTING
from connective.engine.values import decimal, empty, encoded, text

# Characters count so many times where they are handled one by one.
COSTS: Final = {"urlencode": QUOTING}
Filter = Callable[[Any, str | None, str], Any]
DEFAULT_DATE: Final = "DD.MM.YYYY"


# What stands behind a whole number; most are.
_ZEROS: Final[dict[str | None, str]] = {None: "", "0": "", "1": ".0", "2": ".00", "3": ".000"}


def _default(value: Any, arg: str | None, _tz: str) -> Any:
    return (arg or "") if empty(value) else value


def _number(value: Any, arg: str | None, _tz: str) -> str:
    if type(value) is int and arg in _ZEROS:
        return str(value) + _ZEROS[arg]
    found = decimal(value)
    if found is None:
        return text(value)
    digits = int(arg) if arg and arg.isascii() and arg.isdigit() and len(arg) < 3 else 0
    return fixed(found, min(digits, 20))


def fixed(value: Decimal, digits: int) -> str:
    """A decimal with so many digits after the point, halves rounded up."""
    try:
        return format(value.quantize(_step(digits), ROUND_HALF_UP), "f")
    except InvalidOperation:  # more digits than the arithmetic holds
        return format(value, "f")


@functools.cache
def _step(digits: int) -> Decimal:
    return Decimal(1).scaleb(-digits)


def _date(value: Any, arg: str | None, tz: str) -> str:
    moment = dates.parse(value, tz)
    if moment is None:
        return text(value)
    return dates.show(moment.astimezone(dates.zone(tz)), arg or DEFAULT_DATE)


FILTERS: Final[dict[str, Filter]] = {
    "default": _default,
    "upper": lambda value, _arg, _tz: text(value).upper(),
    "lower": lambda value, _arg, _tz: text(value).lower(),
    "trim": lambda value, _arg, _tz: text(value).strip(),
    "number": _number,
    "date": _date,
    "json": lambda value, _arg, _tz: encoded(None if empty(value) else value).decode(),
    "urlencode": lambda value, _arg, _tz: quote(text(value), safe="", errors="replace"),
    "raw": lambda value, _arg, _tz: value,
}
