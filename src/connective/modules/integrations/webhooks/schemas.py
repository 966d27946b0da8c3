"""Webhooks as they come in and go out."""

from datetime import datetime
from typing import Annotated, Any

import msgspec
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from connective.modules.integrations.webhooks.catalogue import names

MASKED = "***"


class Webhook(msgspec.Struct, kw_only=True):
    """An address and what it hears of. `headers` show their names, never their values.

    `status`: active, paused, disabled_by_failures. Empty `bot_ids`, `subject_ids` mean all.
    """

    id: int
    name: str
    url: str
    events: list[str]
    bot_ids: list[int]
    subject_ids: list[int]
    headers: dict[str, str]
    x_access_token_set: bool
    timeout_s: int
    order_hold_min: int
    status: str
    disabled_reason: str | None
    failing_since: datetime | None
    last_success_at: datetime | None
    last_error: str | None
    waiting: int
    old_secret_until: datetime | None
    created_at: datetime


class WebhookCreated(Webhook, kw_only=True):
    """A new webhook with its signing secret, shown this once."""

    secret: str


class NewSecret(msgspec.Struct):
    """A fresh signing secret, shown this once; the old one signs too until `old_secret_until`."""

    secret: str
    old_secret_until: datetime | None


class EventUrl(msgspec.Struct, kw_only=True):
    """An address that scenarios gave for the events of a chat, and how it does.

    `status`: active, disabled_by_failures. `used_at`: when a chat last named it, about.
    """

    id: int
    url: str
    status: str
    disabled_reason: str | None
    failing_since: datetime | None
    last_success_at: datetime | None
    last_error: str | None
    waiting: int
    used_at: datetime


class EventUrlsOfBot(msgspec.Struct, kw_only=True):
    """A bot, the secret that signs what goes to addresses of its scenarios, and how many those are.

    `signed`: a secret is in use. `old_secret_until`: until then the one before signs too.
    """

    bot_id: int
    bot_name: str
    signed: bool
    old_secret_until: datetime | None
    addresses: int
    failing: int
    last_success_at: datetime | None


class EventUrlsOfBots(msgspec.Struct):
    """The bots whose addresses the reader may see, by name."""

    items: list[EventUrlsOfBot]


class WebhookTestSent(msgspec.Struct):
    """The test call's place in the delivery log."""

    delivery_id: str


class EventDescribed(msgspec.Struct):
    """A name that a webhook may ask for, with a body as it comes."""

    event_name: str
    group: str
    description: str
    sample: dict[str, Any]


class Catalogue(msgspec.Struct):
    """Everything that a webhook can hear of; `body_schema` is the JSON Schema of every body."""

    items: list[EventDescribed]
    body_schema: dict[str, Any]


def _known(value: str) -> str:
    if value != "*" and value not in names():
        raise PydanticCustomError("unknown_event", "unknown", {"event": value})
    return value


Name = Annotated[
    str, Field(min_length=1, max_length=80, pattern=r"^[^\x00-\x1f]*[^\x00-\x20][^\x00-\x1f]*$")
]
Url = Annotated[str, Field(min_length=1, max_length=2000)]
Event = Annotated[str, Field(max_length=60), AfterValidator(_known)]
Events = Annotated[list[Event], Field(min_length=1, max_length=100)]
Id = Annotated[int, Field(ge=1, le=9_223_372_036_854_775_807)]
Ids = Annotated[list[Id], Field(max_length=1000)]
HeaderName = Annotated[str, Field(pattern=r"^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$")]
HeaderValue = Annotated[str, Field(max_length=2000, pattern=r"^[\x20-\x7e]*$")]
Headers = Annotated[dict[HeaderName, HeaderValue], Field(max_length=20)]
Token = Annotated[str, Field(max_length=512, pattern=r"^[\x20-\x7e]*$")]
Timeout = Annotated[int, Field(ge=1, le=30)]
Hold = Annotated[int, Field(ge=0, le=1440)]


class NewWebhook(BaseModel):
    """Body of the call that creates a webhook."""

    model_config = ConfigDict(extra="forbid")

    name: Name
    url: Url
    events: Events = ["*"]
    bot_ids: Ids = []
    subject_ids: Ids = []
    headers: Headers = {}
    x_access_token: Token | None = None
    timeout_s: Timeout = 10
    order_hold_min: Hold = 30


class WebhookPatch(BaseModel):
    """Body of a change: only what is named changes. A header with the value `***` stays."""

    model_config = ConfigDict(extra="forbid")

    name: Name | None = None
    url: Url | None = None
    events: Events | None = None
    bot_ids: Ids | None = None
    subject_ids: Ids | None = None
    headers: Headers | None = None
    x_access_token: Token | None = None
    timeout_s: Timeout | None = None
    order_hold_min: Hold | None = None


class Resume(BaseModel):
    """Body of a resumption: with a period, only what happened in it is still sent."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    since: AwareDatetime | None = Field(default=None, alias="from")
    until: AwareDatetime | None = Field(default=None, alias="to")


class RotateSecret(BaseModel):
    """Body of a rotation: for how many hours the old secret signs beside the new one."""

    model_config = ConfigDict(extra="forbid")

    overlap_h: Annotated[int, Field(ge=0, le=168)] = 24
