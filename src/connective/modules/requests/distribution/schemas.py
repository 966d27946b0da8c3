"""The queue, the tries and the rules of distribution as they go out and come in."""

from datetime import datetime
from typing import Annotated

import msgspec
from pydantic import Field

from connective.modules.requests.distribution.choose import Method
from connective.modules.requests.schemas.fields import Body
from connective.modules.requests.schemas.shown import Named


class DistributionRules(msgspec.Struct, kw_only=True):
    """How chats find their operator. 0 of days or seconds: not used."""

    auto_connect: bool = False
    method: Method = "by_default"
    prefer_last_days: int = 0
    accept_timeout_s: int = 0


class DistributionRulesIn(Body):
    """Only what is named changes."""

    auto_connect: bool | None = None
    method: Method | None = None
    prefer_last_days: Annotated[int | None, Field(ge=0, le=365)] = None
    accept_timeout_s: Annotated[int | None, Field(ge=0, le=86_400)] = None


class AttemptCandidate(msgspec.Struct):
    """`reason` why he could not have the request; None: he could."""

    operator_id: int
    name: str
    reason: str | None


class DistributionAttempt(msgspec.Struct, kw_only=True):
    """A try to find an operator; `rule` decided, or `reason` is why the request waits."""

    id: int
    at: datetime
    request_id: int
    bot_id: int
    subject_id: int | None
    method: str
    candidates: list[AttemptCandidate]
    chosen_id: int | None
    result: str
    reason: str | None
    rule: str | None
    anomaly: bool
    duration_ms: int


class QueueRow(msgspec.Struct, kw_only=True):
    """A request that waits; `matching_online` operators who serve it are there."""

    position: int
    id: int
    rev: int
    client_name: str
    channel: str
    bot_id: int
    subject: Named | None
    weight: int
    queued_at: datetime
    waited_s: int
    matching_online: int
    reason: str | None


class TopicWait(msgspec.Struct, kw_only=True):
    """How many wait with a topic, and how long it took lately."""

    subject: Named | None
    waiting: int
    expected_wait_s: int | None


class Queue(msgspec.Struct, kw_only=True):
    """The queue as far as whoever asks sees it, in the order of service."""

    in_queue: int
    longest_since: datetime | None
    average_wait_s: int | None
    operators_able: int
    topics: list[TopicWait]
    items: list[QueueRow]
    next_cursor: str | None
