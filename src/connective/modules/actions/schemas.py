"""What is told of an action, and trying one out: what goes in and what comes back."""

from typing import Annotated, Any, Literal

import msgspec
from pydantic import BaseModel, ConfigDict, Field

from connective.contracts.action import ActionError, LogEntry, RequestRecord


class TryOut(BaseModel):
    """Values of a node as their author wrote them, and the variables they are filled from."""

    model_config = ConfigDict(extra="forbid")

    config: dict[str, Any]
    state: dict[str, Any] = {}


class ImportDocument(BaseModel):
    """An OpenAPI or Swagger document: its text, JSON or YAML, or the JSON itself, or its address.

    Exactly one of `document` and `url`. `server`: where its operations are, if not at the address
    that it names.
    """

    model_config = ConfigDict(extra="forbid")

    document: str | dict[str, Any] | None = None
    url: Annotated[str, Field(max_length=2_000, pattern=r"^https?://")] | None = None
    server: Annotated[str, Field(max_length=2_000, pattern=r"^(https?://|\{\{)")] | None = None


class ImportedOperation(msgspec.Struct, frozen=True, kw_only=True):
    """An operation with values for `send_request`: placeholders stand for what has to be given."""

    id: str
    method: str
    path: str
    summary: str
    tag: str | None
    deprecated: bool
    config: dict[str, Any]


class ImportedDocument(msgspec.Struct, frozen=True, kw_only=True):
    """What a document offers, in its own order."""

    title: str
    version: str
    operations: list[ImportedOperation]


class Finding(msgspec.Struct, frozen=True):
    """What is wrong with a value, in the caller's language."""

    field: str
    code: str
    message: str


class TriedOut(msgspec.Struct, frozen=True, kw_only=True):
    """Without an `event` nothing was sent: `problems` says why. Secrets are masked throughout."""

    event: str | None
    problems: list[Finding] = []
    error: ActionError | None = None
    variables: dict[str, Any] = {}
    requests: list[RequestRecord] = []
    log: list[LogEntry] = []


class Choice(msgspec.Struct, frozen=True):
    """One of the values that a parameter takes."""

    value: str
    label: str


class ActionGroup(msgspec.Struct, frozen=True):
    """Actions of one kind, as a palette gathers them."""

    id: str
    label: str


class ActionPort(msgspec.Struct, frozen=True):
    """A branch that leaves the block."""

    id: str
    label: str


class ActionParameter(msgspec.Struct, frozen=True, kw_only=True):
    """A field of the form. `type` is its kind of input; any of them takes placeholders too."""

    name: str
    label: str
    type: str
    required: bool
    default: Any = None
    choices: list[Choice] = []
    hint: str | None = None
    minimum: float | None = None
    maximum: float | None = None


class ActionTemplate(msgspec.Struct, frozen=True, kw_only=True):
    """An action that blocks may use. `more_ports` says what adds branches to those listed."""

    id: str
    title: str
    description: str
    group: ActionGroup
    ports: list[ActionPort]
    more_ports: Literal["cases", "languages"] | None = None
    parameters: list[ActionParameter] = []
    example: dict[str, Any] = {}


class ActionTemplates(msgspec.Struct, frozen=True):
    """Every action there is, in the order of a palette."""

    items: list[ActionTemplate]
