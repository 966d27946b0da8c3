"""What the module gives and takes."""

from datetime import datetime
from typing import Annotated, Any

import msgspec
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

SecretName = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9_]{1,64}$")]
# No longer than the product name that it stands for in a CRM.
ProjectName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]


class SecretIn(BaseModel):
    """The value of a secret; it never comes out again."""

    model_config = ConfigDict(extra="forbid")

    value: Annotated[str, Field(min_length=1, max_length=16_384)]


class SecretOut(msgspec.Struct):
    """A secret as lists show it: without its value."""

    name: str
    created_at: datetime
    updated_at: datetime


class ApiDocsIn(BaseModel):
    """Whether the API documentation is open to everyone."""

    model_config = ConfigDict(extra="forbid")

    public: bool


class ApiDocsSettings(msgspec.Struct):
    """`public`: everyone reads the API documentation, signed in or not."""

    public: bool = False


class ApiOriginsIn(BaseModel):
    """Origins such as https://shop.example, without a path."""

    model_config = ConfigDict(extra="forbid")

    origins: Annotated[
        list[Annotated[str, Field(max_length=255, examples=["https://shop.example"])]],
        Field(max_length=100),
    ]


class ApiOrigins(msgspec.Struct):
    """Pages of these origins may call the API from a browser, with a key or a token."""

    origins: list[str] = []


class InstanceIn(BaseModel):
    """What the instance is called from now on."""

    model_config = ConfigDict(extra="forbid")

    project_name: ProjectName


class InstanceSettings(msgspec.Struct):
    """`project_name` is the company's, or that of its service."""

    project_name: str


class InstanceOut(msgspec.Struct):
    """This instance: `epoch` grows with every restore."""

    id: str
    epoch: int
    created_at: datetime


class CheckOut(msgspec.Struct):
    """One check: `ok`, `warn`, `error` or `off`, what was found, and what to do about it."""

    name: str
    label: str
    state: str
    detail: str
    facts: dict[str, Any]
    todo: str | None
    ms: int
    since: datetime | None


class StatusOut(msgspec.Struct):
    """How the instance does; `state` is the worst of its checks."""

    state: str
    version: str
    commit: str | None
    started_at: datetime
    uptime_s: int
    instance: InstanceOut | None
    checks: list[CheckOut]


class LogLineOut(msgspec.Struct):
    """A line of the answering process's log: what happened where, and to which ids."""

    at: datetime
    level: str
    logger: str
    event: str
    failure: str | None = None
    request_id: str | None = None
    dialog_id: str | None = None
    bot_id: str | None = None
    job_id: str | None = None
    job: str | None = None


class LogOut(msgspec.Struct):
    items: list[LogLineOut]


class JobOut(msgspec.Struct):
    """A background job that failed for good."""

    id: int
    name: str
    ids: dict[str, Any]
    attempts: int
    failed_at: datetime
    error: str


class MailOut(msgspec.Struct):
    """A mail, sent or kept for want of a mail server."""

    id: int
    to: str
    subject: str
    text: str
    state: str
    error: str | None
    created_at: datetime
    sent_at: datetime | None
