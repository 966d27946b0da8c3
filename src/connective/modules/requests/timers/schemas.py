"""The rules of timers as they go out and come in."""

from typing import Annotated, Literal

import msgspec
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from connective.modules.requests.schemas.fields import BigInt, Body

ClientAction = Literal["close", "transfer", "return_to_bot", "notify"]
OperatorAction = Literal["notify_operator", "notify_supervisor", "redistribute"]
LONGEST = 10_080


class OperatorTimer(msgspec.Struct, frozen=True):
    """How long a client may wait for an answer, and what happens then."""

    minutes: int
    action: OperatorAction = "notify_operator"


class TimerOverride(msgspec.Struct, frozen=True, kw_only=True):
    """Other values for a channel, a topic or a skill group; None: as everywhere."""

    channel: str | None = None
    topic_id: int | None = None
    group_id: int | None = None
    use: bool | None = None
    minutes: int | None = None
    action: ClientAction | None = None
    warn_minutes_before: int | None = None
    operator: OperatorTimer | None = None


class TimerRules(msgspec.Struct, frozen=True, kw_only=True):
    """`minutes` after an answer without a word of the client: `action`.

    `warn_minutes_before` that the client is asked; texts are by language, and ours where empty.
    `infinite_group_chats`: silence of a group ends nothing.
    """

    use: bool = False
    minutes: int = 15
    action: ClientAction = "close"
    warn_minutes_before: int | None = None
    warn_text: dict[str, str] = {}
    farewell_text: dict[str, str] = {}
    infinite_group_chats: bool = False
    operator: OperatorTimer | None = None
    overrides: list[TimerOverride] = []


Minutes = Annotated[int, Field(ge=1, le=LONGEST, strict=True)]
Texts = Annotated[
    dict[Annotated[str, Field(pattern=r"^[a-z]{2}$")], Annotated[str, Field(max_length=1000)]],
    Field(max_length=30),
]


class OperatorTimerIn(Body):
    minutes: Minutes
    action: OperatorAction = "notify_operator"


class TimerOverrideIn(Body):
    """Names one channel, one topic or one skill group."""

    channel: Annotated[str | None, Field(pattern=r"^[a-z_]{2,40}$")] = None
    topic_id: BigInt | None = None
    group_id: BigInt | None = None
    use: bool | None = None
    minutes: Minutes | None = None
    action: ClientAction | None = None
    warn_minutes_before: Minutes | None = None
    operator: OperatorTimerIn | None = None

    @model_validator(mode="after")
    def _names_one(self) -> "TimerOverrideIn":
        if sum(x is not None for x in (self.channel, self.topic_id, self.group_id)) != 1:
            raise PydanticCustomError("names_one_scope", "one")
        return self


class TimerRulesIn(Body):
    """Only what is named changes; null takes the warning or the operator's timer away."""

    use: bool = False
    minutes: Minutes = 15
    action: ClientAction = "close"
    warn_minutes_before: Minutes | None = None
    warn_text: Texts = Field(default_factory=dict)
    farewell_text: Texts = Field(default_factory=dict)
    infinite_group_chats: bool = False
    operator: OperatorTimerIn | None = None
    overrides: list[TimerOverrideIn] = Field(default_factory=list, max_length=100)
