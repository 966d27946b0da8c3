"""Clients, their contacts and subscriptions as they go out."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from pydantic import BaseModel, ConfigDict, Field

Status = Literal["subscribed", "unsubscribed"]


class Client(msgspec.Struct, kw_only=True):
    """A person. The first source never changes, the last one is the latest whole set."""

    id: int
    name: str
    first_name: str
    last_name: str
    phone: str | None
    email: str | None
    external_id: str | None
    language: str | None
    first_utm_source: str | None
    first_utm_medium: str | None
    first_utm_campaign: str | None
    first_utm_term: str | None
    first_utm_content: str | None
    last_utm_source: str | None
    last_utm_medium: str | None
    last_utm_campaign: str | None
    last_utm_term: str | None
    last_utm_content: str | None
    first_source: dict[str, str]
    last_source: dict[str, str]
    created_at: datetime
    updated_at: datetime


class ClientChannel(msgspec.Struct, kw_only=True):
    """A point of contact of a client: a chat in a channel of a bot."""

    id: int
    bot_id: int
    channel: str
    chat_id: str
    user_id: str
    username: str
    display_name: str
    subscribed: bool
    preferred: bool
    external_ids: list[str]
    source: dict[str, str]
    blocked: bool
    created_at: datetime


class ConsentOut(msgspec.Struct, kw_only=True):
    """A yes or a no, and what it rests on.

    `why`: start, link, word, blocked, page or panel. `link` is the code of the link that the client
    came by, `text` what he was shown or wrote, `address` from where on the web he came.
    """

    at: datetime
    status: Status
    why: str
    link: str | None
    text: str
    address: str | None
    actor_name: str


class Subscription(msgspec.Struct, kw_only=True):
    """Whether a contact may be written to first; `unsubscribe_url` is a page for the client."""

    id: int
    client_id: int
    client_name: str
    phone: str | None
    bot_id: int
    channel: str
    chat_id: str
    external_ids: list[str]
    status: Status
    why: str
    preferred: bool
    changed_at: datetime | None
    consent: ConsentOut | None
    unsubscribe_url: str


class SubscriptionPatch(BaseModel):
    """Only what is named changes. `preferred`: of the client's chats this one is written to."""

    model_config = ConfigDict(extra="forbid")

    status: Status | None = None
    preferred: bool | None = None
    text: Annotated[str, Field(max_length=500)] = ""
