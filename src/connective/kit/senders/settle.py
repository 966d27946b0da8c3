"""What an outcome makes of a delivery and of its lane. Pure: the rules of retry and order."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec

from connective.kit import clock
from connective.kit.senders.delivery import Delivery, Outcome, Settled
from connective.kit.senders.schedule import DELAYS_S, bounded, next_try


class Change(msgspec.Struct, gc=False):
    """The delivery's new state. `hold_until` is set while it holds its lane as head."""

    settled: Settled
    at: datetime
    attempts: int
    step: int
    next_at: datetime | None = None
    held_since: datetime | None = None
    hold_until: datetime | None = None
    entry: dict[str, Any] | None = None

    @property
    def open(self) -> bool:
        """Whether the delivery will be tried again."""
        return self.settled.status == "retrying"


def hold_ends(held_since: datetime, order_hold_min: int) -> datetime:
    """When a chat stops waiting for its oldest message that is not delivered."""
    return held_since + timedelta(minutes=order_hold_min)


def settle(
    delivery: Delivery,
    outcome: Outcome,
    *,
    hold_min: int,
    now: datetime,
    chance: float | None,
    delays_s: Sequence[int] = DELAYS_S,
) -> Change:
    """The change that one try (or the lack of one) brings."""
    tried = outcome.verdict not in ("later", "withheld")
    change = Change(
        settled=Settled(
            delivery, outcome, _status(outcome), delivery.parked, delivery.delivered_at is None
        ),
        at=now,
        attempts=delivery.attempts + tried,
        step=delivery.step + tried,
        entry=_entry(delivery, outcome, now) if tried else None,
    )
    if outcome.verdict == "again":
        change.next_at = next_try(
            change.step,
            now,
            retry_after_s=outcome.retry_after_s,
            chance=chance,
            delays_s=delays_s,
        )
    elif outcome.verdict == "later":
        change.next_at = now + timedelta(seconds=bounded(outcome.retry_after_s or 1))
    if change.next_at is None or delivery.sequence is None:
        return _closed(change)
    if not delivery.parked:
        _hold(change, hold_min, now)
    return change


def park(delivery: Delivery, now: datetime) -> Change:
    """Let the lane go on: the delivery keeps its due time, beside the lane from now on."""
    outcome = Outcome("later")
    return Change(
        settled=Settled(delivery, outcome, "retrying", True, delivery.delivered_at is None),
        at=now,
        attempts=delivery.attempts,
        step=delivery.step,
        next_at=delivery.next_at,
        held_since=delivery.held_since,
    )


def _status(outcome: Outcome) -> str:
    if outcome.verdict == "delivered":
        return "delivered"
    if outcome.verdict == "withheld":
        return "cancelled"
    return "retrying" if outcome.verdict in ("again", "later") else "failed"


def _closed(change: Change) -> Change:
    """No try is left; what has no sequence had only one."""
    change.next_at = None
    if change.settled.status == "retrying":
        change.settled.status = "failed"
    return change


def _hold(change: Change, hold_min: int, now: datetime) -> None:
    """Keep the lane waiting, but not beyond the bound: then leave it, parked and marked."""
    change.held_since = change.settled.delivery.held_since or now
    ends = hold_ends(change.held_since, hold_min)
    if now >= ends:
        change.settled.parked = True
    elif change.next_at is not None:
        change.hold_until = min(change.next_at, ends)


def _entry(delivery: Delivery, outcome: Outcome, now: datetime) -> dict[str, Any]:
    """One line of the delivery's log."""
    entry: dict[str, Any] = {
        "at": clock.rfc3339(now),
        "http_status": outcome.http_status,
        "ms": outcome.ms,
        "error": outcome.error,
        "response": outcome.response,
    }
    if delivery.manual:
        entry["manual"] = True
    return entry
