"""Operators, statuses and skill groups as they come in and go out."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

OpenChats = Literal["keep", "redistribute"]
Kind = Literal["work", "pause", "offline"]


class Status(msgspec.Struct, kw_only=True):
    """A status that operators choose; system ones have their names in every language."""

    id: int
    alias: str
    name: str
    kind: str
    color: str
    can_receive: bool
    count_after_closed: bool
    position: int
    max_minutes: int | None
    idle_minutes: int | None
    is_system: bool


class SkillGroup(msgspec.Struct, kw_only=True):
    """Operators and the topics that they serve."""

    id: int
    name: str
    topic_ids: list[int]
    member_ids: list[int]
    active: bool
    created_at: datetime


class GroupName(msgspec.Struct):
    id: int
    name: str


class Work(msgspec.Struct):
    """What an operator has to do now, as far as whoever asks may know."""

    by_channel: dict[str, int] = {}
    unanswered: int = 0
    waiting_since: datetime | None = None


class Operator(msgspec.Struct, kw_only=True):
    """A row of the team.

    `presence` is online | busy | paused | lost | away | offline: his status together with his
    limits and his connection. `dialog_limit` is his usual limit, `limit` the one that counts now:
    `limit_today` until `limit_until`. `touched` are the different clients that he was given today,
    `quota` how many should be his (`touch_quota` his own; None: everybody's). `agent` is how the
    browser that he was last seen with names itself, for whoever may change him while he is there.
    `active` are the chats he has, `waiting_since` the oldest message of
    a client that he has not answered. `counted_since`: since when his status counts; None: it will
    when he has closed his chats.
    """

    user_id: int
    name: str
    picture: str | None
    public_name: str
    role: str
    status: Status
    status_since: datetime
    counted_since: datetime | None
    presence: str
    connected: bool
    seen_at: datetime | None
    paused: bool
    dialog_limit: int
    limit: int
    limit_today: int | None
    limit_until: datetime | None
    channel_limits: dict[str, int]
    touch_quota: int | None
    quota: int | None
    touched: int
    agent: str | None
    active: int
    active_by_channel: dict[str, int]
    unanswered: int
    waiting_since: datetime | None
    last_assigned_at: datetime | None
    last_closed_at: datetime | None
    groups: list[GroupName]


class Team(msgspec.Struct):
    """Everyone who answers clients."""

    items: list[Operator]


class Statuses(msgspec.Struct):
    items: list[Status]


class SkillGroups(msgspec.Struct):
    items: list[SkillGroup]


class OwnStatus(msgspec.Struct, kw_only=True):
    """The status of whoever asks, his work of today, and which statuses there are."""

    status: Status
    since: datetime
    paused: bool
    active: int
    limit: int
    touched: int
    quota: int | None
    statuses: list[Status]


class Interval(msgspec.Struct, kw_only=True):
    """How long somebody was in a status; `to_at` None: still.

    It counts from `counted_from` (None: not yet, he has chats). `overstayed_at`: since when it
    lasts longer than it may. `set_by`: who chose it for him; `auto`: nobody, he was gone.
    """

    id: int
    status_id: int
    status: str
    from_at: datetime
    counted_from: datetime | None
    overstayed_at: datetime | None
    to_at: datetime | None
    set_by: int | None
    set_by_name: str
    auto: bool


class Worker(msgspec.Struct, frozen=True):
    """What decides whether somebody gets a request. Empty `bot_ids`, `topic_ids`: all.

    `quota`: how many clients of the day are the most, where that stops new chats.
    """

    user_id: int
    name: str
    can_receive: bool
    connected: bool
    paused: bool
    limit: int
    channel_limits: dict[str, int]
    quota: int | None
    touched: int
    active: int
    group_ids: frozenset[int]
    bot_ids: frozenset[int]
    topic_ids: frozenset[int]
    last_assigned_at: datetime | None
    last_closed_at: datetime | None


def _said(value: str) -> str:
    if not value.strip():
        raise PydanticCustomError("string_too_short", "empty", {"min_length": 1})
    return value.strip()


def _shown(value: str) -> str:
    return " ".join(_said(value).split())


Name = Annotated[str, Field(min_length=1, max_length=100), AfterValidator(_shown)]
BigInt = Annotated[int, Field(ge=1, le=2**63 - 1)]
Ids = Annotated[list[BigInt], Field(max_length=1000)]
Limit = Annotated[int, Field(ge=0, le=1000)]
Quota = Annotated[int, Field(ge=0, le=10_000)]
Color = Annotated[str, Field(pattern=r"^(|[a-z]{3,20}|#[0-9A-Fa-f]{6})$")]
Channel = Annotated[str, Field(pattern=r"^[a-z_]{2,40}$")]
Minutes = Annotated[int, Field(ge=1, le=1440)]
Position = Annotated[int, Field(ge=0, le=10_000)]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class NewStatus(Body):
    name: Name
    kind: Kind = "pause"
    color: Color = ""
    can_receive: bool = False
    count_after_closed: bool = False
    position: Position = 10
    max_minutes: Minutes | None = None
    idle_minutes: Minutes | None = None


class StatusPatch(Body):
    """Only what is named changes; `max_minutes` or `idle_minutes` null takes it away."""

    name: Name | None = None
    kind: Kind | None = None
    color: Color | None = None
    can_receive: bool | None = None
    count_after_closed: bool | None = None
    position: Position | None = None
    max_minutes: Minutes | None = None
    idle_minutes: Minutes | None = None


class NewSkillGroup(Body):
    name: Name
    topic_ids: Ids = []
    member_ids: Ids = []
    active: bool = True


class SkillGroupPatch(Body):
    """Only what is named changes."""

    name: Name | None = None
    topic_ids: Ids | None = None
    member_ids: Ids | None = None
    active: bool | None = None


class OperatorPatch(Body):
    """Only what is named changes. A limit of 0: gets nothing.

    `limit_today` holds until the end of his day, null takes it away. `touch_quota`: different
    clients a day, 0: no quota, null: as everybody.
    """

    dialog_limit: Limit | None = None
    limit_today: Limit | None = None
    touch_quota: Quota | None = None
    channel_limits: dict[Channel, Limit] | None = None
    paused: bool | None = None
    public_name: Annotated[str | None, Field(max_length=100)] = None
    group_ids: Ids | None = None


class QuotaRules(msgspec.Struct, kw_only=True):
    """How many different clients a day an operator should have; `daily` 0: no quota.

    `hard`: whoever has had so many gets no more by distribution until his next day.
    """

    daily: int = 0
    hard: bool = False


class QuotaRulesIn(Body):
    """The whole of it; what is left out has its default."""

    daily: Quota = 0
    hard: bool = False


class SetStatus(Body):
    """`open_chats`: what becomes of the chats that he has."""

    status_id: BigInt
    open_chats: OpenChats = "keep"


class OperatorMessage(Body):
    """A few words to one operator."""

    text: Annotated[str, Field(min_length=1, max_length=500), AfterValidator(_said)]


class BotOperators(msgspec.Struct, frozen=True):
    """Who answers the clients of a bot where nothing else says it.

    `subject_id`: the topic of chats that have none of their own. `group_id`: who serves chats
    whose topic is in no skill group; nobody chosen means everybody.
    """

    subject_id: int | None = None
    group_id: int | None = None


class BotOperatorsIn(BaseModel):
    """The whole of it; what is left out is taken away."""

    model_config = ConfigDict(extra="forbid")

    subject_id: Annotated[int | None, Field(ge=1, le=2**63 - 1)] = None
    group_id: Annotated[int | None, Field(ge=1, le=2**63 - 1)] = None
