"""How endpoints do: calls of the last hour, and the last failure word for word."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit.outbox import queries

HOUR: Final = timedelta(hours=1)


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """One endpoint. `error` is empty while it answers well; `error_status` what it answered."""

    id: int
    kind: str
    name: str
    url: str
    bot_id: int | None
    status: str
    calls: int
    failed: int
    last_call_at: datetime | None
    error: str = ""
    error_status: int | None = None
    error_at: datetime | None = None

    @property
    def fails(self) -> bool:
        """Whether somebody should look at the endpoint."""
        return bool(self.error) or self.status.startswith("disabled")


async def standings(db: AsyncConnection, *kinds: str, now: datetime) -> Sequence[Standing]:
    """Every endpoint of the kinds that is not deleted."""
    return [_of(row) for row in await queries.standings(db, kinds, since=now - HOUR)]


def _of(row: Any) -> Standing:
    entry: dict[str, Any] = row.entry or {}
    fails = row.failing_since is not None or row.status.startswith("disabled")
    told = entry.get("response") or entry.get("error") or row.last_error or row.status
    called = [at for at in (row.last_success_at, row.last_failure_at) if at is not None]
    return Standing(
        id=row.id,
        kind=row.kind,
        name=row.name,
        url=row.url,
        bot_id=row.bot_id,
        status=row.status,
        calls=row.calls,
        failed=row.failed,
        last_call_at=max(called, default=None),
        error=told if fails else "",
        error_status=entry.get("http_status") if fails else None,
        error_at=row.last_failure_at if fails else None,
    )
