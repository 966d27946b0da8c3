"""One claimed piece of work: a lane with its next deliveries, or a delivery beside its lane."""

from datetime import datetime

import msgspec

from connective.kit.senders.delivery import Delivery
from connective.kit.senders.settle import Change


class Flight(msgspec.Struct):
    """`head` is None for a delivery beside its lane; `end` is the lane's last known sequence + 1.

    `head` moves past each delivery that is done or parked; `next_at` is when the lane goes on.
    """

    endpoint_id: int
    lane: str
    deliveries: list[Delivery]
    head: int | None = None
    end: int = 0
    next_at: datetime | None = None
    withheld: frozenset[str] = frozenset()

    def passed(self, delivery: Delivery) -> None:
        """The lane goes on behind this delivery."""
        if self.head is not None and delivery.sequence is not None:
            last = delivery is self.deliveries[-1]
            self.head = max(self.end if last else 0, delivery.sequence + 1)


class Report(msgspec.Struct, gc=False):
    """What a flight hands to the writer: outcomes as they come, the lane's release at its end."""

    changes: list[Change]
    release: Flight | None = None
