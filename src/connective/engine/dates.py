"""Dates in scenario texts: reading, arithmetic and patterns such as DD.MM.YYYY."""

import calendar
import functools
import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any, Final
from zoneinfo import ZoneInfo

from connective.engine.values import Refused, number, text

_TOKEN: Final = re.compile(r"\[([^\]]*)\]|YYYY|YY|MM|M|DD|D|HH|H|mm|ss")
_LOCAL: Final = re.compile(
    r"(\d{1,2})[./](\d{1,2})[./](\d{4})(?:[ ,T]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?"
)
_DIRECTIVES: Final = {
    "YYYY": r"(?P<year>\d{4})", "YY": r"(?P<short>\d{2})", "MM": r"(?P<month>\d{2})",
    "M": r"(?P<month>\d{1,2})", "DD": r"(?P<day>\d{2})", "D": r"(?P<day>\d{1,2})",
    "HH": r"(?P<hour>\d{2})", "H": r"(?P<hour>\d{1,2})", "mm": r"(?P<minute>\d{2})",
    "ss": r"(?P<second>\d{2})",
}  # fmt: skip
UNITS: Final = {
    "second": 1, "seconds": 1, "minute": 60, "minutes": 60, "hour": 3600, "hours": 3600,
    "day": 86400, "days": 86400, "week": 604800, "weeks": 604800,
    "month": 0, "months": 0, "year": 0, "years": 0,
}  # fmt: skip


@functools.lru_cache(maxsize=256)
def zone(name: str) -> tzinfo:
    """A time zone by name; UTC when there is none of that name."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return UTC


def at(now_ms: int, tz: str) -> datetime:
    """A recorded moment in a time zone."""
    moment = datetime.fromtimestamp(now_ms // 1000, UTC)
    return moment.replace(microsecond=now_ms % 1000 * 1000).astimezone(zone(tz))


def iso(moment: datetime) -> str:
    """The way dates are kept in variables."""
    return moment.isoformat(timespec="seconds")


def parse(value: Any, tz: str) -> datetime | None:
    """A date from ISO 8601, DD.MM.YYYY, seconds or milliseconds since the epoch."""
    found = number(value)
    try:
        if found is not None:
            seconds = found / 1000 if abs(found) >= 1e11 else found
            return datetime.fromtimestamp(seconds, UTC).astimezone(zone(tz))
        source = text(value).strip()
        if match := _LOCAL.fullmatch(source):
            day, month, year, hour, minute, second = (int(g or 0) for g in match.groups())
            return datetime(year, month, day, hour, minute, second, tzinfo=zone(tz))
        moment = datetime.fromisoformat(source)
        return moment if moment.tzinfo else moment.replace(tzinfo=zone(tz))
    except (ValueError, OverflowError, OSError):
        return None


def parse_pattern(value: Any, pattern: str, tz: str) -> datetime | None:
    """A date written by a pattern."""
    if len(pattern) > 64 or (match := _reader(pattern).fullmatch(text(value).strip())) is None:
        return None
    part = {key: int(found) for key, found in match.groupdict().items() if found}
    year = part.get("year") or (2000 + part["short"] if "short" in part else 1970)
    try:
        return datetime(
            year, part.get("month", 1), part.get("day", 1),
            part.get("hour", 0), part.get("minute", 0), part.get("second", 0), tzinfo=zone(tz),
        )  # fmt: skip
    except ValueError:
        return None


@functools.lru_cache(maxsize=512)
def _reader(pattern: str) -> re.Pattern[str]:
    source, last, seen = "", 0, set()
    for token in _TOKEN.finditer(pattern):
        source += re.escape(pattern[last : token.start()])
        word = token.group()
        directive = _DIRECTIVES.get(word)
        name = directive[4 : directive.index(">")] if directive else ""
        if directive is None or name in seen:
            source += re.escape(token.group(1) if token.group(1) is not None else word)
        else:
            source += directive
            seen.add(name)
        last = token.end()
    return re.compile(source + re.escape(pattern[last:]))


def show(moment: datetime, pattern: str) -> str:
    """A date by a pattern of YYYY YY MM M DD D HH H mm ss; [text] stays as it is."""

    def put(token: re.Match[str]) -> str:
        literal = token.group(1)
        return literal if literal is not None else _part(moment, token.group())

    return _TOKEN.sub(put, pattern)


def _part(moment: datetime, word: str) -> str:
    part = {
        "Y": moment.year, "M": moment.month, "D": moment.day,
        "H": moment.hour, "m": moment.minute, "s": moment.second,
    }[word[0]]  # fmt: skip
    if word == "YY":
        part %= 100
    return str(part).zfill(len(word))


def shifted(moment: datetime, amount: int, unit: str) -> datetime:
    """A date moved by an amount; a month's last day stays inside the month."""
    if unit not in UNITS:
        raise Refused("bad_params", f"unit is one of {', '.join(UNITS)}")
    try:
        if seconds := UNITS[unit]:
            if seconds % 86400 == 0:
                return moment + timedelta(seconds=amount * seconds)
            return (moment.astimezone(UTC) + timedelta(seconds=amount * seconds)).astimezone(
                moment.tzinfo
            )
        return _months(moment, amount * (12 if unit.startswith("year") else 1))
    except (ValueError, OverflowError) as error:
        raise Refused("bad_date", "the date is out of range") from error


def _months(moment: datetime, amount: int) -> datetime:
    years, month = divmod(moment.month - 1 + amount, 12)
    year = moment.year + years
    if not 1 <= year <= 9999:
        raise Refused("bad_date", "the date is out of range")
    day = min(moment.day, calendar.monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)


def day_of(value: Any, tz: str) -> date | None:
    """The calendar day of a value."""
    moment = parse(value, tz)
    return moment.date() if moment else None
