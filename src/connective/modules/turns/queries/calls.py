"""Calls of actions: those to be made, and those that a run has made."""

from collections.abc import Sequence
from typing import Any

from msgspec import json
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.contracts.action import ActionCall
from connective.kit.db.rows import AnyRow
from connective.modules.turns.models import calls

# A call whose performer is no longer among the senders was interrupted.
ANY_DUE = """
SELECT true FROM calls c
WHERE (c.status = 'waiting' AND (c.next_at IS NULL OR c.next_at <= $1))
   OR (c.status = 'running' AND NOT EXISTS (SELECT FROM senders s WHERE s.id = c.owner))
ORDER BY c.created_at LIMIT 1
"""
_CLAIM = """
WITH free AS (
  SELECT c.dialog_id, c.call_id, c.status = 'running' AS interrupted
  FROM calls c
  WHERE (c.status = 'waiting' AND (c.next_at IS NULL OR c.next_at <= $3))
     OR (c.status = 'running' AND NOT EXISTS (SELECT FROM senders s WHERE s.id = c.owner))
  ORDER BY c.created_at LIMIT $2 FOR UPDATE SKIP LOCKED
)
UPDATE calls SET status = 'running', owner = $1, started_at = coalesce(started_at, $3)
FROM free, dialogs d
WHERE calls.dialog_id = free.dialog_id AND calls.call_id = free.call_id AND d.id = calls.dialog_id
RETURNING calls.dialog_id, calls.call_id, calls.bot_id, calls.run_id, calls.node_id, calls.action,
    calls.values::text AS values, calls.detached, calls.tries, free.interrupted, d.account_id,
    d.chat_id, d.channel, d.language, d.state::text AS state
"""


_DETACHED = """
INSERT INTO calls (dialog_id, call_id, bot_id, run_id, node_id, epoch, action, kind, values,
                   status, detached, tries, next_at, created_at)
SELECT dialog_id, $3, bot_id, run_id, node_id, epoch, action, kind, $4, 'waiting', true, $5, $6, $7
FROM calls WHERE dialog_id = $1 AND call_id = $2
ON CONFLICT DO NOTHING
"""


async def claim(driver: Any, owner: int, count: int, now: Any) -> Sequence[Any]:
    """Calls for this performer, each with its dialog."""
    return list(await driver.fetch(_CLAIM, owner, count, now))


async def add_detached(driver: Any, call: ActionCall, now: Any) -> None:
    """Queue a copy of a call that nobody waits for."""
    values = json.encode(call.values).decode()
    name = f"{call.call_id.partition(':later')[0]}:later{call.tries or ''}"
    place = (call.dialog_id, call.call_id, name)
    await driver.execute(_DETACHED, *place, values, call.tries, call.not_before, now)


async def of_run(db: AsyncConnection, dialog_id: int, run_id: int) -> Sequence[AnyRow]:
    """What the actions of a run asked of the outside and what came back."""
    query = (
        select(calls)
        .where(calls.c.dialog_id == dialog_id, calls.c.run_id == run_id)
        .order_by(calls.c.created_at, calls.c.call_id)
    )
    return (await db.execute(query)).all()
