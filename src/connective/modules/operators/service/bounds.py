"""What bounds an operator at this moment. His day begins and ends in his own time zone."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from connective.modules.operators.schemas import QuotaRules


def day(now: datetime, zone: str) -> date:
    """Which day it is there."""
    return now.astimezone(ZoneInfo(zone)).date()


def end_of_day(now: datetime, zone: str) -> datetime:
    """When the next day begins there."""
    tomorrow = day(now, zone) + timedelta(days=1)
    return datetime.combine(tomorrow, time(), tzinfo=ZoneInfo(zone)).astimezone(UTC)


def limit(row: Any, now: datetime) -> int:
    """How many chats at once: today's limit while it lasts, else the usual one."""
    lasts = row.limit_until is not None and row.limit_until > now
    return int(row.limit_today if lasts else row.dialog_limit)


def touched(row: Any, now: datetime) -> int:
    """How many different clients he has been given today."""
    return int(row.touched) if row.touched_on == day(now, row.timezone) else 0


def quota(row: Any, rules: QuotaRules) -> int | None:
    """How many different clients a day are his; None: as many as come."""
    own = rules.daily if row.touch_quota is None else row.touch_quota
    return int(own) or None
