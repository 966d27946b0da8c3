"""Puts jobs into the queue inside a transaction, and reads and repeats the failed ones."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from pgqueuer import AsyncpgDriver, Queries
from pgqueuer.models import JobId
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit.db.driver import driver_of

# The time of the failure and its error stand in the newest log row of the job.
_FAILED = """
SELECT q.id, q.entrypoint AS name, q.payload, q.attempts, q.updated, l.traceback::text
FROM pgqueuer q
LEFT JOIN LATERAL (SELECT traceback FROM pgqueuer_log
                   WHERE job_id = q.id ORDER BY created DESC, id DESC LIMIT 1) l ON true
WHERE q.status = 'failed' AND q.id < $1 ORDER BY q.id DESC LIMIT $2
"""
_IS_FAILED = "SELECT true FROM pgqueuer WHERE id = $1 AND status = 'failed' FOR UPDATE"
_DEPTH = """
SELECT count(*) FILTER (WHERE status = 'queued' AND execute_after <= now()) AS waiting,
       count(*) FILTER (WHERE status = 'picked') AS running,
       count(*) FILTER (WHERE status = 'failed') AS failed,
       coalesce(extract(epoch FROM max(now() - execute_after)
                FILTER (WHERE status = 'queued')), 0)::float8 AS oldest_s
FROM pgqueuer
"""
_PRUNE = """
DELETE FROM pgqueuer_log l WHERE created < $1
  AND NOT EXISTS (SELECT 1 FROM pgqueuer q WHERE q.id = l.job_id)
"""
_PRUNE_STATISTICS = "DELETE FROM pgqueuer_statistics WHERE created < $1"
LOG_KEPT = timedelta(days=1)
STATISTICS_KEPT = timedelta(days=30)


class Wanted(msgspec.Struct, frozen=True):
    """A job to put into the queue, perhaps only after some seconds."""

    name: str
    ids: dict[str, Any]
    after_s: float = 0.0


class Failed(msgspec.Struct, frozen=True):
    """A job that failed for good."""

    id: int
    name: str
    ids: dict[str, Any]
    attempts: int
    failed_at: datetime
    error: str


async def put(db: AsyncConnection, wanted: Sequence[Wanted]) -> None:
    """Enqueue; other transactions see the jobs after the commit."""
    queries = Queries(AsyncpgDriver(await driver_of(db)))
    for job in wanted:
        after = timedelta(seconds=job.after_s) if job.after_s else None
        payload = msgspec.json.encode(job.ids)
        await queries.enqueue(job.name, payload, execute_after=after)


async def failed(db: AsyncConnection, *, before: int, limit: int) -> list[Failed]:
    """The failed jobs with ids below `before`, the newest first."""
    rows = await (await driver_of(db)).fetch(_FAILED, before, limit)
    return [
        Failed(
            row["id"],
            row["name"],
            ids_of(row["payload"]),
            row["attempts"],
            row["updated"],
            _error(row["traceback"]),
        )
        for row in rows
    ]


async def retry(db: AsyncConnection, job_id: int) -> bool:
    """Put a failed job into the queue again; False when there is no such."""
    driver = await driver_of(db)
    if not await driver.fetchval(_IS_FAILED, job_id):
        return False
    await Queries(AsyncpgDriver(driver)).requeue_jobs([JobId(job_id)])
    return True


async def depth(db: AsyncConnection) -> Mapping[str, Any]:
    """waiting, running, failed and the age of the oldest waiting one in seconds."""
    return dict(await (await driver_of(db)).fetchrow(_DEPTH))


async def prune(db: AsyncConnection, now: datetime) -> None:
    """The library writes three log rows a job: keep those of failed jobs and of the last day."""
    driver = await driver_of(db)
    await driver.execute(_PRUNE, now - LOG_KEPT)
    await driver.execute(_PRUNE_STATISTICS, now - STATISTICS_KEPT)


def ids_of(payload: bytes | None) -> dict[str, Any]:
    """The ids that a job was asked for with."""
    return msgspec.json.decode(payload, type=dict[str, Any]) if payload else {}


def _error(traceback: str | None) -> str:
    if not traceback:
        return ""
    told = msgspec.json.decode(traceback, type=dict[str, Any])
    return f"{told.get('exception_type', '')}: {told.get('exception_message', '')}"[:500]
