"""Sends what has ended once more, because somebody asked for it."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, update
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit.outbox.models import deliveries, lanes

OPEN = ("pending", "retrying")

# An endpoint that is called again begins without the failures it had.
CALLED_AGAIN: Final[dict[str, Any]] = {
    "status": "active",
    "disabled_reason": None,
    "failing_since": None,
    "last_failure_at": None,
    "warned_at": None,
}


def by_hand(now: datetime) -> dict[str, Any]:
    """A try now, beside its lane: what stands in the lane keeps its turn."""
    parked = deliveries.c.sequence.is_not(None)
    return {"status": "retrying", "parked": parked, "manual": True, "next_at": now}


async def send_again(db: AsyncConnection, *which: ColumnElement[bool], now: datetime) -> int:
    """Try the calls that ended now, each with its own id and bytes; how many there were.

    The caller wakes the senders (`ctx.wakes("outbox")`).
    """
    ended = update(deliveries).where(deliveries.c.status.not_in(OPEN), *which)
    return (await db.execute(ended.values(**by_hand(now)))).rowcount


async def due_now(db: AsyncConnection, endpoint_id: int, *, now: datetime) -> None:
    """The endpoint works again: what waits for its next try is tried now, in its order."""
    waiting = (deliveries.c.endpoint_id == endpoint_id, deliveries.c.status == "retrying")
    late = update(deliveries).where(*waiting, deliveries.c.next_at > now)
    await db.execute(late.values(next_at=now))
    held = update(lanes).where(lanes.c.endpoint_id == endpoint_id, lanes.c.next_at > now)
    await db.execute(held.values(next_at=now))


async def lane_due_now(db: AsyncConnection, endpoint_id: int, lane: str, *, now: datetime) -> None:
    """What this lane waits for has come: its head is tried now, and those that left it.

    The caller wakes the senders.
    """
    own = (deliveries.c.endpoint_id == endpoint_id, deliveries.c.lane == lane)
    held = update(lanes).where(lanes.c.endpoint_id == endpoint_id, lanes.c.lane == lane)
    held = held.where(lanes.c.next_at > now).values(next_at=now).returning(lanes.c.head)
    head = (await db.execute(held)).scalar_one_or_none()
    if head is not None:
        first = update(deliveries).where(*own, deliveries.c.sequence == head)
        await db.execute(first.where(deliveries.c.status == "retrying").values(next_at=now))
    left = update(deliveries).where(*own, deliveries.c.parked, deliveries.c.next_at > now)
    await db.execute(left.values(next_at=now))
