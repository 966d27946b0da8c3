"""Events that stand aside until the sweep takes them."""

from collections.abc import Sequence
from typing import Any

ANY_FREE = """
SELECT true FROM inbound_backlog b WHERE b.status = 'waiting'
  AND NOT EXISTS (SELECT FROM senders s WHERE s.id = b.owner) ORDER BY b.id LIMIT 1
"""
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


async def put(driver: Any, key: tuple[int, str], external_id: str, event: str, now: Any) -> None:
    """Keep an inbound event for the sweep; a repeat is kept once."""
    await driver.execute(_PUT_ASIDE, *key, external_id, event, now)


async def claim(driver: Any, owner: int, count: int) -> Sequence[Any]:
    """Events that stand aside, in the order in which they came."""
    await driver.execute(_CLAIM_ASIDE_LOCK)
    rows = await driver.fetch(_CLAIM_ASIDE, owner, count)
    return sorted(rows, key=lambda row: row["id"])


async def chats(driver: Any, keys: Sequence[tuple[int, str]]) -> set[tuple[int, str]]:
    """Those of the chats that have events aside."""
    rows = await driver.fetch(_CHATS_ASIDE, [k[0] for k in keys], [k[1] for k in keys])
    return {(row["account_id"], row["chat_id"]) for row in rows}
