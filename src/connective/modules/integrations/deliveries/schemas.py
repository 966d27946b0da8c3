"""Deliveries as they go out, and what may be asked of them."""

from datetime import datetime
from typing import Annotated, Literal, Self

import msgspec
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

Status = Literal["pending", "delivered", "retrying", "failed", "cancelled"]


Name = Annotated[str, Field(max_length=64, pattern=r"^[^\x00]*$")]


class Attempt(msgspec.Struct, kw_only=True):
    """One try. `response` holds at most 2 KB of the answer; `manual` is one asked for by hand."""

    at: datetime
    http_status: int | None = None
    ms: int = 0
    error: str | None = None
    response: str | None = None
    manual: bool = False


class Delivery(msgspec.Struct, kw_only=True):
    """One outgoing call. `parked`: tried beside its lane, so later ones may have overtaken it."""

    id: str
    endpoint_id: int
    endpoint_name: str
    endpoint_status: str
    kind: str
    event_name: str
    webhook_id: str
    bot_id: int | None
    chat_id: str | None
    message_id: int | None
    sequence: int | None
    status: str
    parked: bool
    attempts_made: int
    created_at: datetime
    next_at: datetime | None
    done_at: datetime | None
    last_error: str | None
    provider_id: str | None


class DeliveryDetail(Delivery, kw_only=True):
    """One call with its frozen body and every try."""

    url: str
    body: str
    attempts: list[Attempt]


class DeliveryAccepted(msgspec.Struct):
    """The call will be made; look at the delivery for how it went."""

    id: str
    status: str


class Replayed(msgspec.Struct):
    """How many deliveries are sent again; those still on their way are not counted."""

    replayed: int


class HeldEndpoint(msgspec.Struct):
    """An endpoint that a restore has paused, and how many calls wait for it since when."""

    id: int
    name: str
    kind: str
    bot_id: int | None
    waiting: int
    oldest_at: datetime | None


class HeldEndpoints(msgspec.Struct):
    """All of them; usually none."""

    items: list[HeldEndpoint]


class Release(BaseModel):
    """Body: whether what waits for the endpoint is sent, or cancelled."""

    model_config = ConfigDict(extra="forbid")

    send: bool


class Replay(BaseModel):
    """Body of a replay: some deliveries, or those of an endpoint made in a period."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    ids: Annotated[list[Name], Field(max_length=1000)] | None = None
    endpoint_id: Annotated[int, Field(ge=1, le=9_223_372_036_854_775_807)] | None = None
    since: AwareDatetime | None = Field(default=None, alias="from")
    until: AwareDatetime | None = Field(default=None, alias="to")
    statuses: list[Literal["delivered", "failed", "cancelled"]] = [
        "delivered",
        "failed",
        "cancelled",
    ]

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        period = self.endpoint_id is not None and self.since is not None
        if (self.ids is None) != period:
            raise PydanticCustomError("replay_of_what", "ids or a period")
        return self
