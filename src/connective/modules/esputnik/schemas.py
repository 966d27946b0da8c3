"""A bot's connection to eSputnik and its pushes as they come in and go out."""

from datetime import datetime
from typing import Annotated, Final, Literal

import msgspec
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from connective.contracts.integration import LastFailure

CLIENT_FIELDS: Final = (
    *("client_id", "external_id", "first_name", "last_name", "name", "username"),
    *("phone", "email", "language"),
)
OWN_FIELDS: Final = ("firstName", "lastName", "phone", "email", "externalCustomerId")
Source = Annotated[
    str, StringConstraints(pattern=rf"^({'|'.join(CLIENT_FIELDS)}|extra\.[A-Za-z0-9_]{{1,100}})$")
]
Target = Annotated[str, StringConstraints(pattern=rf"^({'|'.join(OWN_FIELDS)}|[0-9]{{1,12}})$")]
Uuid = Annotated[
    str, StringConstraints(pattern=r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$")
]
ApiKey = Annotated[str, Field(min_length=1, max_length=500, pattern=r"^[\x21-\x7e]+$")]
Delay = Annotated[int, Field(ge=0, le=3600)]


class EsputnikFieldIn(BaseModel):
    """A field of the client (or `extra.NAME`) and eSputnik's: its own, or a number of another."""

    model_config = ConfigDict(extra="forbid")

    source: Source
    field: Target


USUAL: Final = (
    EsputnikFieldIn(source="first_name", field="firstName"),
    EsputnikFieldIn(source="last_name", field="lastName"),
    EsputnikFieldIn(source="phone", field="phone"),
    EsputnikFieldIn(source="email", field="email"),
    EsputnikFieldIn(source="client_id", field="externalCustomerId"),
)


class EsputnikIn(BaseModel):
    """Body of PUT. A key left out stays as it is."""

    model_config = ConfigDict(extra="forbid")

    api_key: ApiKey | None = None
    app_uuid: Uuid
    base_url: Annotated[str, Field(max_length=2000)] | None = None
    push_changes: bool = False
    mapping: Annotated[list[EsputnikFieldIn], Field(max_length=50)] = list(USUAL)


class EsputnikPushIn(BaseModel):
    """Body of a push from the panel: seconds between batches."""

    model_config = ConfigDict(extra="forbid")

    delay: Delay = 1


class PushAsked(BaseModel):
    """Body of the documented call; `token` is an API key with the scope broadcast:send."""

    bot_id: Annotated[int, Field(ge=1, le=9_223_372_036_854_775_807)]
    token: str
    delay: Delay = 1


class EsputnikField(msgspec.Struct, frozen=True):
    """One line of the mapping."""

    source: str
    field: str


class EsputnikChanges(msgspec.Struct, frozen=True):
    """Clients whose change waits to be told, and those with whom it failed."""

    waiting: int
    failed: int


class Esputnik(msgspec.Struct, kw_only=True):
    """A bot's connection; the key is told only as set. `state` active | error."""

    api_key_set: bool
    app_uuid: str
    base_url: str
    push_changes: bool
    mapping: list[EsputnikField]
    state: str
    last_call_at: datetime | None
    last_error: LastFailure | None
    changes: EsputnikChanges
    version: int


class EsputnikChecked(msgspec.Struct, kw_only=True):
    """What a check of the connection gave."""

    ok: bool
    code: str
    text: str
    http_status: int | None = None
    ms: int = 0


class EsputnikPush(msgspec.Struct, kw_only=True):
    """A push of all clients of a bot: how far it is. Numbers count clients."""

    id: int
    status: str
    delay: int
    total: int
    done: int
    sent: int
    skipped: int
    failed: int
    batches: int
    attempts: int
    next_at: datetime | None
    error: str | None
    started_by: str
    created_at: datetime
    finished_at: datetime | None


class EsputnikPushStarted(msgspec.Struct, kw_only=True):
    """The documented answer, and the job that it started."""

    status: Literal["success"] = "success"
    message: str = "Push started"
    job_id: int
    total: int


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """A bot's connection as calls need it, its key opened."""

    bot_id: int
    base_url: str
    api_key: str
    app_uuid: str
    mapping: tuple[EsputnikField, ...]


class Pushed(msgspec.Struct, frozen=True, kw_only=True):
    """A client to push: chats of the bot's Telegram, and what eSputnik's fields are to be.

    `telegram` says that he has such a chat at all; `subscribed` is false for who wants nothing.
    """

    client_id: int
    chat_ids: tuple[str, ...]
    telegram: bool
    subscribed: bool
    values: dict[str, str]
