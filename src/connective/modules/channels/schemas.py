"""The custom channel's settings as they come in and go out."""

from datetime import datetime
from typing import Annotated

import msgspec
from pydantic import BaseModel, ConfigDict, Field

from connective.contracts.provider import Connection

Token = Annotated[str, Field(max_length=512, pattern=r"^[\x21-\x7e]*$")]


class Account(msgspec.Struct, frozen=True):
    """A bot's connection to a channel as the hooks need it, its inbound secrets opened.

    `connection` is that of a channel that speaks to a provider.
    """

    id: int
    bot_id: int
    channel: str
    enabled: bool
    endpoint_id: int
    rate_per_s: int
    input_token: str
    signing_secrets: tuple[str, ...]
    connection: Connection | None = None


class CustomChannelIn(BaseModel):
    """Body of PUT. A token left out stays as it is; an empty one is taken away."""

    model_config = ConfigDict(extra="forbid")

    enabled: bool = True
    custom_channel_url: Annotated[str, Field(min_length=1, max_length=2000)]
    x_access_token: Token | None = None
    input_token: Token | None = None
    timeout_s: Annotated[int, Field(ge=1, le=30)] = 10
    rate_per_s: Annotated[int, Field(ge=0, le=100_000)] = 1000
    order_hold_min: Annotated[int, Field(ge=1, le=1440)] = 30


class SecretRotation(BaseModel):
    """Body of a rotation: how long the old secret still signs."""

    model_config = ConfigDict(extra="forbid")

    overlap_h: Annotated[int, Field(ge=0, le=168)] = 24


class CustomChannel(msgspec.Struct, kw_only=True):
    """The custom channel of a bot. Tokens are told only as set or not.

    `signing_secret` stands only in the answer that creates the channel.
    """

    enabled: bool
    custom_channel_url: str
    x_access_token_set: bool
    input_token_set: bool
    timeout_s: int
    rate_per_s: int
    order_hold_min: int
    input_url: str
    endpoint_id: int
    status: str
    last_inbound_at: datetime | None
    last_success_at: datetime | None
    last_error: str | None
    old_secret_until: datetime | None
    signing_secret: str | msgspec.UnsetType = msgspec.UNSET


class SigningSecret(msgspec.Struct):
    """A fresh signing secret, shown this once; the old one signs too until `old_secret_until`."""

    signing_secret: str
    old_secret_until: datetime | None


class TestCall(msgspec.Struct, kw_only=True):
    """A test message as it was sent, and what came back; secrets are masked."""

    url: str
    headers: dict[str, str]
    body: str
    ok: bool
    http_status: int | None
    ms: int
    response: str | None
    error: str | None
