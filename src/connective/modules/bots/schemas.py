"""Bots as they come in and go out."""

import zoneinfo
from datetime import datetime
from typing import Annotated, Literal

import msgspec
from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from connective.kit.languages import CODES

ChannelHealth = Literal["ok", "error", "off", "unknown"]


class ChannelSummary(msgspec.Struct, frozen=True):
    """One channel of a bot in the list: `health` is `off` when it is disabled."""

    channel: str
    health: ChannelHealth
    detail: str = ""


class Activity(msgspec.Struct, frozen=True):
    """Dialogs of a bot in which something was said since a moment, and how much, both ways."""

    dialogs: int = 0
    messages: int = 0


class Bot(msgspec.Struct, kw_only=True):
    """A bot; the first of `languages` is the default one."""

    id: int
    name: str
    alias: str
    group_id: int | None
    active: bool
    languages: list[str]
    timezone: str
    test_mode: bool
    error_text: dict[str, str]
    unsubscribe_words: list[str]
    created_at: datetime
    updated_at: datetime


class Chosen(msgspec.Struct, frozen=True):
    """What the list is narrowed to; `search` looks into names and aliases."""

    search: str | None = None
    active: bool | None = None
    group_id: int | None = None


class BotCreated(Bot, kw_only=True):
    """A new bot with its API key, shown this once."""

    api_key: str


class BotListed(Bot, kw_only=True):
    """A row of the list: the bot, how its channels do, its dialogs of the last 24 hours."""

    channels: list[ChannelSummary]
    active_dialogs: int
    messages_24h: int


class Notice(msgspec.Struct):
    """Something that does not stop an action but needs attention."""

    code: str
    message: str


class BotActivated(Bot, kw_only=True):
    """The bot after its switch was turned, and what it still lacks to work."""

    warnings: list[Notice]


class ApiKey(msgspec.Struct):
    """A fresh key, shown this once; keys before it work until `previous_until`."""

    api_key: str
    previous_until: datetime


def _language(value: str) -> str:
    if value not in CODES:
        raise PydanticCustomError("unknown_language", "unknown", {"language": value})
    return value


def _once(values: list[str]) -> list[str]:
    if len(set(values)) != len(values):
        raise PydanticCustomError("named_twice", "twice")
    return values


def _zone(value: str) -> str:
    if value not in zoneinfo.available_timezones():
        raise PydanticCustomError("unknown_timezone", "unknown", {"timezone": value})
    return value


def _shown(value: str) -> str:
    if not value.strip():
        raise PydanticCustomError("string_too_short", "empty", {"min_length": 1})
    return value.strip()


Language = Annotated[str, AfterValidator(_language)]
Languages = Annotated[list[Language], Field(min_length=1, max_length=30), AfterValidator(_once)]
Name = Annotated[str, Field(min_length=1, max_length=100), AfterValidator(_shown)]
Alias = Annotated[str, Field(pattern=r"^[a-z0-9_]{2,40}$")]
GroupId = Annotated[int, Field(ge=1, le=2**63 - 1)]
Timezone = Annotated[str, AfterValidator(_zone)]
Texts = dict[Language, Annotated[str, Field(max_length=1000)]]


def _word(value: str) -> str:
    """As it is compared."""
    word = value.strip().casefold()
    if not word:
        raise PydanticCustomError("string_too_short", "empty", {"min_length": 1})
    return word


Word = Annotated[str, Field(max_length=64), AfterValidator(_word)]
Words = Annotated[list[Word], Field(max_length=30)]


class NewBot(BaseModel):
    """Body of the call that creates a bot."""

    model_config = ConfigDict(extra="forbid")

    name: Name
    languages: Languages = ["en"]
    alias: Alias | None = None
    group_id: GroupId | None = None
    timezone: Timezone = "UTC"
    test_mode: bool = False
    error_text: Texts = {}


class BotPatch(BaseModel):
    """Body of a change: only what is named changes; `group_id` null takes it out of its group."""

    model_config = ConfigDict(extra="forbid")

    name: Name | None = None
    alias: Alias | None = None
    group_id: GroupId | None = None
    languages: Languages | None = None
    timezone: Timezone | None = None
    test_mode: bool | None = None
    error_text: Texts | None = None
    unsubscribe_words: Words | None = None


class RotateKey(BaseModel):
    """Body of a key's rotation: how long the old key still works."""

    model_config = ConfigDict(extra="forbid")

    overlap_h: Annotated[int, Field(ge=0, le=168)] = 24
