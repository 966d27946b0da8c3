"""Trying an action out: what goes in and what comes back."""

from typing import Any

import msgspec
from pydantic import BaseModel, ConfigDict

from connective.contracts.action import ActionError, LogEntry, RequestRecord


class TryOut(BaseModel):
    """Values of a node as their author wrote them, and the variables they are filled from."""

    model_config = ConfigDict(extra="forbid")

    config: dict[str, Any]
    state: dict[str, Any] = {}


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
