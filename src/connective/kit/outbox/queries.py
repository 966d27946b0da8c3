"""Every SELECT of the ledger that several features ask."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import Text

# Calls of an endpoint since a moment, of the newest thousand; and of one that fails, what the
# newest of those that went wrong was answered.
_STANDINGS = text(
    """
    SELECT e.id, e.kind, e.name, e.bot_id, e.url, e.status, e.failing_since, e.last_success_at,
           e.last_failure_at, e.last_error, r.calls, r.failed, wrong.entry
    FROM endpoints e
    CROSS JOIN LATERAL (
      SELECT count(*) FILTER (WHERE attempts > 0 AND status <> 'cancelled') AS calls,
             count(*) FILTER (WHERE attempts > 0 AND status IN ('failed', 'retrying')) AS failed
      FROM (SELECT d.status, d.attempts FROM deliveries d
            WHERE d.endpoint_id = e.id AND d.created_at >= :since
            ORDER BY d.created_at DESC, d.id DESC LIMIT 1000) AS newest
    ) AS r
    LEFT JOIN LATERAL (
      SELECT d.log->-1 AS entry FROM deliveries d
      WHERE d.endpoint_id = e.id AND d.last_error IS NOT NULL
        AND d.created_at >= e.failing_since - interval '2 days'
      ORDER BY d.created_at DESC, d.id DESC LIMIT 1
    ) AS wrong ON e.failing_since IS NOT NULL
    WHERE e.kind = ANY(:kinds) AND e.status <> 'deleted'
    ORDER BY e.id
    """
).bindparams(bindparam("kinds", type_=ARRAY(Text)))


async def standings(db: AsyncConnection, kinds: Sequence[str], *, since: datetime) -> list[Any]:
    """How every endpoint of the kinds does, its calls counted from `since`."""
    asked = {"kinds": list(kinds), "since": since}
    return list((await db.execute(_STANDINGS, asked)).all())
