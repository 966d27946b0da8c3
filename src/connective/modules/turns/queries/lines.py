"""What waits in lines for its time: timers, planned runs, files; and how long each line is."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit.db.rows import AnyRow
from connective.kit.outbox.models import senders
from connective.modules.dialogs.models import dialogs
from connective.modules.turns.models import runs

TIMERS_DUE = (
    "SELECT min(deadline_at) <= $1 FROM dialogs",
    "SELECT min(due_at) <= $1 FROM runs WHERE status = 'scheduled'",
    """
    SELECT true FROM runs r WHERE r.status = 'starting'
      AND NOT EXISTS (SELECT FROM senders s WHERE s.id = r.owner) ORDER BY r.due_at LIMIT 1
    """,
)
MEDIA_DUE = "SELECT min(next_at) <= $1 FROM inbound_media"
# name, number, the moment from which the oldest one waits
_LINES = text(
    "SELECT 'aside' AS name, count(*) AS depth, min(at) AS oldest FROM inbound_backlog"
    " WHERE status = 'waiting'"
    " UNION ALL SELECT 'dead', count(*), min(at) FROM inbound_backlog WHERE status = 'dead'"
    " UNION ALL SELECT 'actions', count(*), min(coalesce(next_at, created_at)) FROM calls"
    " WHERE status IN ('waiting', 'running') AND (next_at IS NULL OR next_at <= :now)"
    " UNION ALL SELECT 'media', count(*), min(next_at) FROM inbound_media"
    " WHERE next_at IS NOT NULL"
    " UNION ALL SELECT 'timers', count(*), min(deadline_at) FROM dialogs WHERE deadline_at <= :now"
)


async def due_dialogs(db: AsyncConnection, now: Any, limit: int) -> Sequence[AnyRow]:
    """Dialogs whose wait has ended, the longest overdue first."""
    query = (
        select(dialogs.c.account_id, dialogs.c.chat_id, dialogs.c.state, dialogs.c.deadline_at)
        .where(dialogs.c.deadline_at <= now)
        .order_by(dialogs.c.deadline_at)
        .limit(limit)
    )
    return (await db.execute(query)).all()


async def due_runs(db: AsyncConnection, now: Any, limit: int) -> Sequence[AnyRow]:
    """Planned runs whose time has come, and those whose starter has died; locked."""
    planned = and_(runs.c.status == "scheduled", runs.c.due_at <= now)
    starter = select(senders.c.id).where(senders.c.id == runs.c.owner)
    left = and_(runs.c.status == "starting", ~starter.exists())
    query = (
        select(runs)
        .where(or_(planned, left))
        .order_by(runs.c.due_at, runs.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return (await db.execute(query)).all()


_CLAIM_MEDIA = """
UPDATE inbound_media m SET attempts = m.attempts + 1, next_at = $2
FROM (SELECT message_id FROM inbound_media WHERE next_at <= $1
      ORDER BY next_at LIMIT $3 FOR UPDATE SKIP LOCKED) due
WHERE m.message_id = due.message_id
RETURNING m.message_id, m.url, m.name, m.attempts
"""


async def claim_media(driver: Any, now: Any, lease: Any, count: int) -> Sequence[Any]:
    """Files whose time to be fetched has come; the lease is when they are due again."""
    return list(await driver.fetch(_CLAIM_MEDIA, now, lease, count))


async def waiting(db: AsyncConnection, now: datetime) -> Sequence[Any]:
    """(name, depth, oldest) of what waits in the database for a process to take it."""
    return (await db.execute(_LINES, {"now": now})).all()
