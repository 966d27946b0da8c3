"""Puts outgoing calls into their lanes, inside the transaction that caused them."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit import clock, crypto
from connective.kit.db import bulk
from connective.kit.db.driver import driver_of

# Lanes are taken in key order, so that two transactions never wait for each other in a ring.
_TAKE_NUMBERS = """
INSERT INTO lanes AS l (endpoint_id, lane, sequence, head, next_at)
SELECT endpoint_id, lane, n, 1, $4
FROM unnest($1::bigint[], $2::text[], $3::bigint[]) AS t(endpoint_id, lane, n)
ORDER BY endpoint_id, lane
ON CONFLICT (endpoint_id, lane) DO UPDATE
SET sequence = l.sequence + excluded.sequence, next_at = coalesce(l.next_at, excluded.next_at)
RETURNING endpoint_id, lane, sequence
"""

_COLUMNS = (
    "id", "endpoint_id", "lane", "sequence", "kind", "event_name", "webhook_id", "bot_id",
    "chat_id", "message_id", "epoch", "body", "created_at", "not_before", "next_at",
)  # fmt: skip


class Outgoing(msgspec.Struct):
    """One call to make. `body` gets (sequence, delivery id) and gives the frozen bytes.

    `ordered` false: tried once, without a sequence (typing, thinking). `webhook_id` empty: the
    delivery id. `id` empty: one is made.
    """

    endpoint_id: int
    kind: str
    event_name: str
    lane: str
    body: Callable[[int | None, str], bytes]
    id: str = ""
    webhook_id: str = ""
    bot_id: int | None = None
    chat_id: str | None = None
    message_id: int | None = None
    epoch: int | None = None
    ordered: bool = True
    not_before: datetime | None = None


def delivery_id(now: datetime) -> str:
    """A new id, `d_` and 32 characters that sort by time."""
    return "d_" + crypto.timed_id(clock.epoch_ms(now))


async def append(db: AsyncConnection, calls: Sequence[Outgoing], *, now: datetime) -> list[str]:
    """Write the calls in their order; give their delivery ids."""
    driver = await driver_of(db)
    numbers = await _take_numbers(driver, calls, now)
    names = iter(sorted(delivery_id(now) for call in calls if not call.id))  # in their order too
    rows: list[tuple[Any, ...]] = []
    for call in calls:
        key = (call.endpoint_id, call.lane)
        sequence = None
        if call.ordered:
            sequence = numbers[key] = numbers[key] + 1
        name = call.id or next(names)
        rows.append((
            name, call.endpoint_id, call.lane, sequence, call.kind, call.event_name,
            call.webhook_id or name, call.bot_id, call.chat_id, call.message_id, call.epoch,
            call.body(sequence, name), now, call.not_before,
            None if call.ordered else call.not_before or now,
        ))  # fmt: skip
    await bulk.insert(driver, "deliveries", _COLUMNS, rows)
    return [row[0] for row in rows]


async def _take_numbers(
    driver: Any, calls: Sequence[Outgoing], now: datetime
) -> dict[tuple[int, str], int]:
    """How many numbers each lane gets; the answer is the number before the first."""
    wanted: dict[tuple[int, str], int] = {}
    for call in calls:
        if call.ordered:
            key = (call.endpoint_id, call.lane)
            wanted[key] = wanted.get(key, 0) + 1
    if not wanted:
        return {}
    given = await driver.fetch(
        _TAKE_NUMBERS, [k[0] for k in wanted], [k[1] for k in wanted], list(wanted.values()), now
    )
    return {(r[0], r[1]): r[2] - wanted[(r[0], r[1])] for r in given}
