"""A route on its way out: it says since when, until when and what to call instead.

`router.get("/old", **deprecated(since=..., until=..., instead="/api/v2/new"))`. Callers get a year.
"""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from typing import Any, Final

from fastapi import Depends, Request

NOTICE: Final = timedelta(days=365)


def deprecated(*, since: date, until: date, instead: str) -> dict[str, Any]:
    """Options of the route: it is marked in the document, and every answer carries the headers."""
    if until - since < NOTICE:
        raise ValueError(f"callers get {NOTICE.days} days: {since} to {until}")
    return {"deprecated": True, "dependencies": [Depends(_telling(since, until, instead))]}


def _telling(since: date, until: date, instead: str) -> Callable[[Request], Awaitable[None]]:
    headers = (
        (b"deprecation", f"@{int(_midnight(since).timestamp())}".encode()),
        (b"sunset", format_datetime(_midnight(until), usegmt=True).encode()),
        (b"link", f'<{instead}>; rel="successor-version"'.encode()),
    )

    async def tell(request: Request) -> None:
        request.state.told = headers

    return tell


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
