"""Runs and their steps as they go out."""

from datetime import datetime
from typing import Any

import msgspec


class RunOut(msgspec.Struct, kw_only=True):
    """One activation of a scenario."""

    id: int
    bot_id: int
    dialog_id: int | None
    channel: str | None
    chat_id: str | None
    trigger: str
    node_id: int | None
    source: str
    key_name: str | None
    address: str | None
    status: str
    error: str | None
    output: dict[str, Any] | None
    due_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    created_at: datetime


class StepOut(msgspec.Struct, kw_only=True):
    """One step: what came, the nodes passed, what was done about it.

    A warning is `code`, `node_id`, `params` and `message`, its sentence for the reader.
    """

    id: int
    at: datetime
    event: dict[str, Any]
    trace: list[dict[str, Any]]
    effects: list[dict[str, Any]]
    warnings: list[dict[str, Any]]
    waiting: dict[str, Any]


class CallOut(msgspec.Struct, kw_only=True):
    """An action of the run: what it was given, what came back, what it asked of the outside."""

    call_id: str
    node_id: int
    action: str
    status: str
    values: dict[str, Any]
    result: dict[str, Any] | None
    log: Any
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None


class RunDetail(RunOut, kw_only=True):
    """A run with its steps and its calls to the outside."""

    version_id: int | None
    steps: list[StepOut]
    calls: list[CallOut]
