"""Operators and waiting requests by the hundred, straight in the tables."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Self

from connective.kit import clock
from connective.kit.testing.databases import Database

_PLACE = """
WITH b AS (
    INSERT INTO bots (name, alias, languages, active, created_at, updated_at)
    VALUES ('Crowd', 'crowd', '{en}', true, $1, $1) RETURNING id
), e AS (
    INSERT INTO endpoints (kind, name, bot_id, url, secret, status, created_at)
    SELECT 'custom_channel', 'Crowd', id, 'http://127.0.0.1:1/', '', 'paused', $1 FROM b
    RETURNING id
)
INSERT INTO channel_accounts (bot_id, channel, enabled, endpoint_id, created_at, updated_at)
SELECT b.id, 'custom_channel', true, e.id, $1, $1 FROM b, e RETURNING id, bot_id
"""
_OPERATOR = """
WITH u AS (
    INSERT INTO users (first_name, email, role_id, group_ids, bot_ids, created_at)
    SELECT $1, $1 || '@example.com', r.id, $2::bigint[], $3::bigint[], $4
    FROM roles r WHERE r.alias = 'operator' RETURNING id
)
INSERT INTO operators (user_id, status_id, status_since, dialog_limit, channel_limits, paused,
                       active, last_assigned_at, last_closed_at, seen_at)
SELECT u.id, s.id, $4, $5, $6::jsonb, $7, $8, $9, $10, $11
FROM u, operator_statuses s WHERE s.alias = $12 RETURNING user_id
"""
_REQUESTS = """
WITH n AS (SELECT generate_series($1::bigint, $1::bigint + $2::bigint - 1) AS id),
c AS (
    INSERT INTO clients (id, first_name, created_at, updated_at)
    SELECT id, 'Client ' || id, $3, $3 FROM n
), p AS (
    INSERT INTO contacts (id, client_id, account_id, chat_id, created_at)
    SELECT id, id, $4, 'chat-' || id, $3 FROM n
), d AS (
    INSERT INTO dialogs (id, contact_id, client_id, account_id, bot_id, channel, chat_id, owner,
                         request_id, created_at)
    SELECT id, id, id, $4, $5, 'custom_channel', 'chat-' || id, $12, id, $3 FROM n
)
INSERT INTO requests (id, state, bot_id, channel, account_id, dialog_id, contact_id, client_id,
    subject_id, group_ids, weight, created_at, queued_at, assignee_id, assigned_at, participants,
    last_message_at, last_client_at)
SELECT id, $6, $5, 'custom_channel', $4, id, id, id, $7, $8::bigint[], $9, $3,
    $3 + (id - $1) * interval '1 millisecond', $10, $11,
    CASE WHEN $10::bigint IS NULL THEN '{}'::bigint[] ELSE ARRAY[$10::bigint] END, $3, $3
FROM n
"""


class Crowd:
    """One bot with one channel; clients have the numbers of their requests."""

    def __init__(self, db: Database, account_id: int, bot_id: int) -> None:
        self.db, self.account_id, self.bot_id = db, account_id, bot_id
        self._next = 1_000_001

    @classmethod
    async def gather(cls, db: Database) -> Self:
        (row,) = await db.fetch(_PLACE, clock.now())
        return cls(db, row["id"], row["bot_id"])

    async def operator(self, name: str, **who: Any) -> int:
        """Online, connected, with a limit of 5; `who` changes it."""
        now = clock.now()
        user_id: int = await self.db.value(
            _OPERATOR,
            name,
            list(who.get("group_ids", ())),
            list(who.get("bot_ids", ())),
            now,
            who.get("limit", 5),
            who.get("channel_limits", "{}"),
            who.get("paused", False),
            who.get("active", 0),
            who.get("last_assigned_at"),
            who.get("last_closed_at"),
            who.get("seen_at", now),
            who.get("status", "online"),
        )
        if who.get("active"):
            await self.requests(who["active"], state="open", assignee_id=user_id)
        return user_id

    async def requests(self, count: int, **what: Any) -> list[int]:
        """Requests in the queue, a millisecond apart; `what` changes them."""
        first, self._next = self._next, self._next + count
        state, assignee = what.get("state", "queue"), what.get("assignee_id")
        await self.db.execute(
            _REQUESTS,
            first,
            count,
            what.get("at", clock.now()),
            self.account_id,
            self.bot_id,
            state,
            what.get("subject_id"),
            list(what.get("group_ids", ())),
            what.get("weight", 0),
            assignee,
            None if assignee is None else clock.now() - timedelta(seconds=what.get("age_s", 0)),
            "queue" if state in ("new", "queue") else "operator",
        )
        return list(range(first, first + count))

    async def holders(self, ids: Sequence[int]) -> dict[int, int | None]:
        """Who has each of the requests."""
        found = await self.db.fetch(
            "SELECT id, assignee_id FROM requests WHERE id = ANY($1) ORDER BY id", list(ids)
        )
        return {row["id"]: row["assignee_id"] for row in found}

    async def loads(self) -> dict[int, tuple[int, int]]:
        """By operator: the chats that are counted for him, and those that he has."""
        found = await self.db.fetch(
            "SELECT o.user_id, o.active, (SELECT count(*) FROM requests r WHERE r.assignee_id ="
            " o.user_id AND r.state <> 'closed') AS has FROM operators o"
        )
        return {row["user_id"]: (row["active"], row["has"]) for row in found}


def ago(**delta: float) -> datetime:
    return clock.now() - timedelta(**delta)
