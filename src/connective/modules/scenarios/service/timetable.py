"""Timetables of Start: five fields in the bot's time zone, worked out one moment at a time."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from croniter import CroniterError, croniter  # type: ignore[import-untyped]

from connective.kit import clock

FIELDS = 5
LONGEST = 100
HOUR = 1


def is_timetable(value: object) -> bool:
    """Five fields that some day will be met."""
    if not isinstance(value, str) or len(value) > LONGEST or len(value.split()) != FIELDS:
        return False
    try:
        return croniter.is_valid(value) and bool(following(value, "UTC", clock.now()))
    except CroniterError:
        return False


def following(value: str, timezone: str, after: datetime) -> datetime:
    """The next moment after one. An hour that the clocks repeat counts once for a fixed hour."""
    zone = ZoneInfo(timezone)
    moments = croniter(value, after.astimezone(zone))
    repeats = "*" in value.split()[HOUR]
    while True:
        found: datetime = moments.get_next(datetime)
        if repeats or not found.fold:
            return found.astimezone(UTC)
