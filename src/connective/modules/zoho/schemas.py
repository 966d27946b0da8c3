"""The connection to Zoho CRM as it comes in and goes out."""

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from connective.contracts.integration import LastFailure

DataCentre = Literal["com", "eu", "in", "com.au", "jp", "ca", "sa"]
Module = Literal["Leads", "Contacts"]
Status = Literal["waiting", "sent", "failed"]
ProductName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
Address = Annotated[str, Field(max_length=2000)]
FieldName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,99}$")]


class ZohoFieldIn(BaseModel):
    """A variable of the scenario or a field of the client, and the field of Zoho it goes to."""

    model_config = ConfigDict(extra="forbid")

    source: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=128)]
    field: FieldName
    kind: Literal["text", "product"] = "text"
    create: bool = False


class ZohoIn(BaseModel):
    """Body of PUT. A secret left out stays as it is; a name left out is the instance's."""

    model_config = ConfigDict(extra="forbid")

    dc: DataCentre = "com"
    client_id: Annotated[str, Field(max_length=200, pattern=r"^[\x21-\x7e]*$")] = ""
    client_secret: Annotated[str, Field(max_length=500, pattern=r"^[\x21-\x7e]*$")] | None = None
    api_base: Address | None = None
    accounts_base: Address | None = None
    product_name: ProductName | None = None
    on_close: bool = False
    module: Module = "Leads"
    mapping: Annotated[list[ZohoFieldIn], Field(max_length=50)] = []


class ZohoField(msgspec.Struct, frozen=True):
    """One line of the mapping; a `product` is looked up by its name, and made with `create`."""

    source: str
    field: str
    kind: str = "text"
    create: bool = False


class ZohoWaiting(msgspec.Struct, frozen=True):
    """How many notes about closed chats wait, and how many could not be sent."""

    waiting: int
    failed: int


class Zoho(msgspec.Struct, kw_only=True):
    """The connection; secrets are told only as set or not. `state` new | connected | reconnect.

    `instance_name` is the product name while none is set; the address to give Zoho as the
    authorised redirect stands in `redirect_uri`.
    """

    dc: str
    client_id: str
    client_secret_set: bool
    api_base: str
    accounts_base: str
    product_name: str | None
    instance_name: str
    on_close: bool
    module: str
    mapping: list[ZohoField]
    state: str
    redirect_uri: str
    connected_at: datetime | None
    last_call_at: datetime | None
    last_error: LastFailure | None
    notes: ZohoWaiting
    version: int


class ZohoChecked(msgspec.Struct, kw_only=True):
    """What a check of the connection gave."""

    ok: bool
    code: str
    text: str
    http_status: int | None = None
    ms: int = 0


class ZohoNote(msgspec.Struct, kw_only=True):
    """A note about a closed chat. `missing` are fields that Zoho does not have."""

    id: int
    request_id: int
    status: str
    title: str
    attempts: int
    next_at: datetime | None
    module: str | None
    record_id: str | None
    note_id: str | None
    missing: list[str]
    error: str | None
    created_at: datetime
    sent_at: datetime | None


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """The connection as calls need it, its token opened."""

    api_base: str
    token: str
    product_name: str
    module: str
    mapping: tuple[ZohoField, ...]


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """A client as Zoho hears of him; `values` are what a mapping may name besides variables."""

    id: int
    name: str
    first_name: str
    last_name: str
    phone: str
    email: str
    values: dict[str, Any]
