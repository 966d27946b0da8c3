"""Every SELECT of the turns module."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct, json
from sqlalchemy import and_, func, or_, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.contracts.action import ActionCall
from connective.kit import auth_policy
from connective.kit.auth_policy import Actor
from connective.kit.db.rows import AnyRow
from connective.kit.outbox.models import senders
from connective.kit.paging import PageQuery
from connective.modules.channels.models import channel_accounts
from connective.modules.clients.models import contacts
from connective.modules.dialogs.models import dialogs
from connective.modules.turns.models import calls, journal, runs

_BOTS = """
SELECT b.id, b.name, b.active, b.languages, b.timezone, b.error_text, v.id AS version_id,
       v.sha256 AS version, b.unsubscribe_words,
       EXISTS (SELECT FROM inbound_backlog WHERE status = 'waiting') AS aside
FROM unnest($1::bigint[]) AS k(id) JOIN bots b ON b.id = k.id
LEFT JOIN scenarios s ON s.bot_id = b.id
LEFT JOIN scenario_versions v ON v.id = s.active_version_id
"""
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
_PARKED = (
    "SELECT id, dialog_id, event::text AS event, start::text AS start"
    " FROM parked WHERE dialog_id = ANY($1) ORDER BY id"
)


# A call whose performer is no longer among the senders was interrupted.
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


async def claim_calls(driver: Any, owner: int, count: int, now: Any) -> Sequence[Any]:
    """Calls for this performer, each with its dialog."""
    return list(await driver.fetch(_CLAIM, owner, count, now))


async def add_detached(driver: Any, call: ActionCall, now: Any) -> None:
    """Queue a copy of a call that nobody waits for."""
    values = json.encode(call.values).decode()
    name = f"{call.call_id.partition(':later')[0]}:later{call.tries or ''}"
    place = (call.dialog_id, call.call_id, name)
    await driver.execute(_DETACHED, *place, values, call.tries, call.not_before, now)


class BotNow(Struct, frozen=True):
    """A bot as a turn needs it; `version_id` is empty until something was published.

    `aside` says whether events stand aside, of whatever chat.
    """

    id: int
    name: str
    active: bool
    languages: list[str]
    timezone: str
    error_text: dict[str, str]
    version_id: int | None
    version: str | None
    unsubscribe_words: list[str] = []
    aside: bool = False


async def bots_now(driver: Any, ids: Sequence[int]) -> dict[int, BotNow]:
    """The bots of a group, as they are in this very transaction."""
    rows = await driver.fetch(_BOTS, list(ids))
    return {row["id"]: BotNow(*row.values()) for row in rows}


async def parked_of(driver: Any, dialog_ids: Sequence[int]) -> list[Any]:
    """What is parked in dialogs, oldest first."""
    found: list[Any] = await driver.fetch(_PARKED, list(dialog_ids))
    return found


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


_PLACE = """
SELECT d.channel, d.chat_id, coalesce((
  SELECT CASE WHEN r.trigger = 'event' THEN (r.request->'begin'->>'depth')::int END
  FROM runs r WHERE r.dialog_id = d.id ORDER BY r.id DESC LIMIT 1), 0) AS depth
FROM dialogs d WHERE d.id = $1
"""

# What a run brings about comes while it acts or right after it; later the chain begins anew.
_SYSTEM_DEPTH = """
SELECT CASE WHEN r.trigger = 'event'
             AND (d.call_id IS NOT NULL OR coalesce(r.ended_at, r.started_at) >= $4)
            THEN (r.request->'begin'->>'depth')::int END
FROM channel_accounts a
JOIN contacts c ON c.account_id = a.id AND c.chat_id = $3
JOIN dialogs d ON d.contact_id = c.id
JOIN runs r ON r.dialog_id = d.id
WHERE a.bot_id = $1 AND a.channel = $2
ORDER BY r.id DESC LIMIT 1
"""


class Place(Struct, frozen=True):
    """A dialog's chat; `depth` counts the events that led one from another to its last run."""

    channel: str
    chat_id: str
    depth: int


async def place_of(driver: Any, dialog_id: int) -> Place | None:
    row = await driver.fetchrow(_PLACE, dialog_id)
    return None if row is None else Place(*row.values())


async def system_depth(
    driver: Any, bot_id: int, channel: str, chat_id: str, *, since: datetime
) -> int:
    """The depth of the last run in a chat of the system's own, unless it ended before `since`."""
    return await driver.fetchval(_SYSTEM_DEPTH, bot_id, channel, chat_id, since) or 0


async def chat_of_contact(driver: Any, contact_id: int) -> tuple[int, str] | None:
    """Account and chat_id of a contact."""
    row = await driver.fetchrow(
        "SELECT account_id, chat_id FROM contacts WHERE id = $1", contact_id
    )
    return None if row is None else (row["account_id"], row["chat_id"])


async def state_of_dialog(driver: Any, dialog_id: int) -> str | None:
    """The engine's state of a dialog, as it is kept."""
    found: str | None = await driver.fetchval(
        "SELECT state::text FROM dialogs WHERE id = $1", dialog_id
    )
    return found


async def account(db: AsyncConnection, bot_id: int, channel: str) -> AnyRow | None:
    query = select(channel_accounts.c.id, channel_accounts.c.enabled).where(
        channel_accounts.c.bot_id == bot_id, channel_accounts.c.channel == channel
    )
    return (await db.execute(query)).first()


async def contact_exists(db: AsyncConnection, account_id: int, chat_id: str) -> AnyRow | None:
    query = select(contacts.c.id, contacts.c.subscribed).where(
        contacts.c.account_id == account_id, contacts.c.chat_id == chat_id
    )
    return (await db.execute(query)).one_or_none()


# A planned run has no dialog yet: its request names the chat.
_RUN = (
    *(c for c in runs.c if c.name != "request"),
    func.coalesce(dialogs.c.channel, runs.c.request["channel"].astext).label("channel"),
    func.coalesce(dialogs.c.chat_id, runs.c.request["chat_id"].astext).label("chat_id"),
    dialogs.c.waiting,
    dialogs.c.run_id.label("current_run_id"),
)


def _runs(actor: Actor) -> Any:
    return (
        select(*_RUN)
        .outerjoin(dialogs, dialogs.c.id == runs.c.dialog_id)
        .where(auth_policy.predicate(actor, "runs.view", runs))
    )


async def listed_runs(
    db: AsyncConnection,
    actor: Actor,
    asked: PageQuery,
    *,
    bot_id: int | None,
    dialog_id: int | None,
    status: str | None,
    source: str | None,
    key_id: int | None,
) -> Sequence[AnyRow]:
    """Runs that the actor sees, newest first."""
    query = _runs(actor).order_by(runs.c.id.desc()).limit(asked.limit + 1)
    for column, value in (
        (runs.c.bot_id, bot_id),
        (runs.c.dialog_id, dialog_id),
        (runs.c.status, status),
        (runs.c.source, source),
        (runs.c.key_id, key_id),
    ):
        if value is not None:
            query = query.where(column == value)
    if (last := asked.after(int)) is not None:
        query = query.where(runs.c.id < last[0])
    return list((await db.execute(query)).all())


async def run(db: AsyncConnection, actor: Actor, run_id: int) -> AnyRow | None:
    found: AnyRow | None = (await db.execute(_runs(actor).where(runs.c.id == run_id))).one_or_none()
    return found


async def run_now(db: AsyncConnection, run_id: int) -> AnyRow | None:
    """A run and what its dialog waits for."""
    query = (
        select(
            runs.c.id,
            runs.c.status,
            runs.c.error,
            runs.c.output,
            runs.c.ended_at,
            dialogs.c.waiting,
            dialogs.c.run_id.label("current_run_id"),
        )
        .outerjoin(dialogs, dialogs.c.id == runs.c.dialog_id)
        .where(runs.c.id == run_id)
    )
    return (await db.execute(query)).one_or_none()


_HAS_BEGUN = """
SELECT status NOT IN ('scheduled', 'starting') FROM runs WHERE id = $1 FOR UPDATE
"""
_IS_PARKED = "SELECT EXISTS (SELECT FROM parked WHERE (start->>'run_id')::bigint = $1)"


async def has_begun(driver: Any, run_id: int) -> bool:
    """Whether a run was started already, waits parked, or was taken back; its row stays locked."""
    begun = await driver.fetchval(_HAS_BEGUN, run_id)
    return bool(begun) or bool(await driver.fetchval(_IS_PARKED, run_id))


async def run_locked(db: AsyncConnection, run_id: int) -> AnyRow | None:
    query = select(runs).where(runs.c.id == run_id).with_for_update()
    return (await db.execute(query)).one_or_none()


async def steps_of_run(db: AsyncConnection, run_id: int, limit: int) -> Sequence[AnyRow]:
    """The journal of a run, oldest first."""
    query = select(journal).where(journal.c.run_id == run_id).order_by(journal.c.id).limit(limit)
    return (await db.execute(query)).all()


_STEPS = """
SELECT id, run_id, version_id, snapshot::text AS snapshot, input::text AS input,
       output::text AS output
FROM journal WHERE dialog_id = $1 AND id > $2 ORDER BY id LIMIT $3
"""


async def journal_of_dialog(driver: Any, dialog_id: int, after: int, limit: int) -> Sequence[Any]:
    """Steps of a dialog as the very texts that were written."""
    return list(await driver.fetch(_STEPS, dialog_id, after, limit))


async def calls_of_run(db: AsyncConnection, dialog_id: int, run_id: int) -> Sequence[AnyRow]:
    """What the actions of a run asked of the outside and what came back."""
    query = (
        select(calls)
        .where(calls.c.dialog_id == dialog_id, calls.c.run_id == run_id)
        .order_by(calls.c.created_at, calls.c.call_id)
    )
    return (await db.execute(query)).all()


async def version_of_state(db: AsyncConnection, dialog_id: int) -> int | None:
    """The version that made the dialog's last step."""
    query = (
        select(journal.c.version_id)
        .where(journal.c.dialog_id == dialog_id, journal.c.version_id.is_not(None))
        .order_by(journal.c.id.desc())
        .limit(1)
    )
    return (await db.execute(query)).scalar_one_or_none()


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


_PUT_ASIDE = """
INSERT INTO inbound_backlog (account_id, chat_id, external_id, event, at)
VALUES ($1, $2, $3, $4, $5) ON CONFLICT (account_id, external_id) DO NOTHING
"""
# One claim at a time, and never of a chat whose earlier events another process has in hand. What
# has an owner who is no longer among the senders was being taken when that process died.
_CLAIM_ASIDE_LOCK = "SELECT pg_advisory_xact_lock(7306093)"
_CLAIM_ASIDE = """
UPDATE inbound_backlog b SET owner = $1
FROM (
  SELECT id, owner IS NOT NULL AS interrupted FROM inbound_backlog w
  WHERE status = 'waiting' AND NOT EXISTS (
    SELECT FROM inbound_backlog o JOIN senders s ON s.id = o.owner
    WHERE o.account_id = w.account_id AND o.chat_id = w.chat_id AND o.status = 'waiting')
  ORDER BY id LIMIT $2
) next
WHERE b.id = next.id
RETURNING b.id, b.account_id, b.chat_id, b.external_id, b.event::text AS event, b.attempts,
    next.interrupted
"""
_CHATS_ASIDE = """
SELECT DISTINCT account_id, chat_id FROM inbound_backlog
JOIN unnest($1::bigint[], $2::text[]) AS k(account_id, chat_id) USING (account_id, chat_id)
WHERE status = 'waiting'
"""


async def put_aside(
    driver: Any, key: tuple[int, str], external_id: str, event: str, now: Any
) -> None:
    """Keep an inbound event for the sweep; a repeat is kept once."""
    await driver.execute(_PUT_ASIDE, *key, external_id, event, now)


async def claim_aside(driver: Any, owner: int, count: int) -> Sequence[Any]:
    """Events that stand aside, in the order in which they came."""
    await driver.execute(_CLAIM_ASIDE_LOCK)
    rows = await driver.fetch(_CLAIM_ASIDE, owner, count)
    return sorted(rows, key=lambda row: row["id"])


async def chats_aside(driver: Any, keys: Sequence[tuple[int, str]]) -> set[tuple[int, str]]:
    """Those of the chats that have events aside."""
    rows = await driver.fetch(_CHATS_ASIDE, [k[0] for k in keys], [k[1] for k in keys])
    return {(row["account_id"], row["chat_id"]) for row in rows}


async def waiting_lines(db: AsyncConnection, now: datetime) -> Sequence[Any]:
    """(name, depth, oldest) of what waits in the database for a process to take it."""
    return (await db.execute(_LINES, {"now": now})).all()
