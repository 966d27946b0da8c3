"""What a transport is given and what it answers."""

from datetime import datetime
from typing import Literal

import msgspec

# delivered: a success. again: try later by the schedule. failed: never try again. gone: the
# receiver has left for good. later: nothing was sent (open breaker), no try is spent.
# withheld: no longer allowed to go out.
Verdict = Literal["delivered", "again", "failed", "gone", "later", "withheld"]


class Delivery(msgspec.Struct, gc=False):
    """One call to make, as it stands in the ledger. `attempts` counts the tries made so far."""

    id: str
    endpoint_id: int
    lane: str
    sequence: int | None
    kind: str
    event_name: str
    webhook_id: str
    bot_id: int | None
    chat_id: str | None
    message_id: int | None
    epoch: int | None
    body: bytes
    parked: bool
    manual: bool
    attempts: int
    step: int
    created_at: datetime
    not_before: datetime | None
    next_at: datetime | None
    held_since: datetime | None
    delivered_at: datetime | None


class Endpoint(msgspec.Struct, gc=False):
    """A place to call, its secrets opened. `signing` and `old_signing` are key bytes."""

    id: int
    kind: str
    name: str
    bot_id: int | None
    url: str
    headers: dict[str, str]
    signing: bytes
    old_signing: bytes | None
    old_until: datetime | None
    access_token: str | None
    timeout_s: int
    order_hold_min: int
    version: int

    def keys(self, now: datetime) -> list[bytes]:
        """The keys that sign now, the newest first."""
        if self.old_signing is None or self.old_until is None or self.old_until <= now:
            return [self.signing]
        return [self.signing, self.old_signing]


class News(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a provider told besides the outcome: of the account, or of the chat.

    `account_error`: in its words, why nothing goes out until somebody looks at the settings.
    """

    account_error: str = ""
    unsubscribed: str = ""
    moved_to: str = ""


class Outcome(msgspec.Struct, gc=False):
    """How one try ended. `response` is cut to 2 KB and free of our secrets.

    `lane_only`: what has to wait (`later`) is this chat; the others of the endpoint go on.
    """

    verdict: Verdict
    http_status: int | None = None
    ms: int = 0
    error: str | None = None
    response: str | None = None
    provider_id: str | None = None
    retry_after_s: float | None = None
    lane_only: bool = False
    news: News | None = None


class Settled(msgspec.Struct, gc=False):
    """What the owner of a kind is told in the transaction that writes the outcome.

    `status` is the delivery's new status: delivered, retrying, failed or cancelled. `first` is
    false when the delivery had succeeded before (a replay), so its message has its state already.
    """

    delivery: Delivery
    outcome: Outcome
    status: str
    parked: bool
    first: bool

    @property
    def final(self) -> bool:
        """Whether nothing more will be tried."""
        return self.status != "retrying"
