"""Channel accounts and the channels there are, as they come in and go out."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from pydantic import BaseModel, ConfigDict, Field

from connective.contracts.provider import FieldKind, Mode

Status = Literal["not_configured", "active", "paused", "error"]
Name = Annotated[str, Field(max_length=100)]
Key = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[a-z][a-z0-9_]*$")]
Secret = Annotated[str, Field(max_length=10_000)]
Base = Annotated[str, Field(max_length=500)]


class NewChannel(BaseModel):
    """Body of POST: the account is saved once the provider has taken the credentials."""

    model_config = ConfigDict(extra="forbid")

    bot_id: Annotated[int, Field(ge=1, le=9_223_372_036_854_775_807)]
    type: Key
    name: Name = ""
    mode: Mode = "webhook"
    credentials: dict[Key, Secret] = {}
    settings: dict[Key, Any] = {}
    api_base: Base = ""


class ChannelPatch(BaseModel):
    """Body of PATCH. What is left out stays as it is, each credential and setting by itself."""

    model_config = ConfigDict(extra="forbid")

    name: Name | None = None
    mode: Mode | None = None
    credentials: dict[Key, Secret] = {}
    settings: dict[Key, Any] = {}
    api_base: Base | None = None


class Pause(BaseModel):
    """Body of a pause; `paused` false ends it."""

    model_config = ConfigDict(extra="forbid")

    paused: bool = True


class TestMessage(BaseModel):
    """Body of a test: where to write, the last chat that wrote when empty, and what."""

    model_config = ConfigDict(extra="forbid")

    chat_id: Annotated[str, Field(max_length=128)] = ""
    text: Annotated[str, Field(max_length=1000)] = ""


class TypeField(msgspec.Struct, frozen=True, kw_only=True):
    """A field of a channel's settings, with its words in the reader's language."""

    key: str
    kind: FieldKind
    credential: bool
    required: bool
    pattern: str
    max_length: int
    choices: Sequence[str]
    default: Any
    placeholder: str
    label: str
    help: str


class ChannelType(msgspec.Struct, frozen=True, kw_only=True):
    """A channel that a bot can be connected to."""

    type: str
    title: str
    about: str
    help: str
    modes: Sequence[Mode]
    needs_https: bool
    features: Sequence[str]
    limits: Mapping[str, int]
    api_base: str
    fields: Sequence[TypeField]


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """Whom an account belongs to, as the provider tells it."""

    id: str
    name: str = ""
    username: str = ""
    uri: str = ""
    phone: str = ""
    picture: str = ""


class ChannelAccount(msgspec.Struct, kw_only=True):
    """A bot's account in a channel. `credentials` tells only which of them are set."""

    id: int
    bot_id: int
    bot_name: str
    type: str
    title: str
    name: str
    status: Status
    mode: Mode
    identity: Known | None
    credentials: dict[str, bool]
    settings: dict[str, Any]
    api_base: str
    api_base_fixed: bool
    input_url: str
    endpoint_id: int
    refused: int
    last_inbound_at: datetime | None
    last_ok_at: datetime | None
    last_error: str | None
    created_at: datetime
    updated_at: datetime


class TestSent(msgspec.Struct, kw_only=True):
    """What became of a test message."""

    ok: bool
    chat_id: str
    ms: int
    http_status: int | None
    provider_id: str | None
    error: str | None


class ChannelEvent(msgspec.Struct, kw_only=True):
    """A call between us and the provider, its secrets masked."""

    at: datetime
    direction: Literal["in", "out"]
    kind: str
    chat_id: str
    outcome: str
    body: str
    error: str | None = None


class ChannelEvents(msgspec.Struct):
    """The last calls, the newest first."""

    items: list[ChannelEvent]
