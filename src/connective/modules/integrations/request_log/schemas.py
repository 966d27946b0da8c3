"""Requests as the log shows them."""

from datetime import datetime
from typing import Literal

import msgspec

Direction = Literal["in", "out"]
Source = Literal[
    "call_node",
    "kw_api",
    "api",
    "mcp",
    "hook",
    "send_request",
    "send_me",
    "corezoid__send_task",
    "zoho",
    "esputnik",
]
StatusClass = Literal["2xx", "3xx", "4xx", "5xx", "none"]


class Caller(msgspec.Struct, kw_only=True):
    """Who called: a key by its name and beginning, or a user by name."""

    kind: str
    name: str
    key_id: int | None = None
    key_prefix: str | None = None


class LoggedRequest(msgspec.Struct, kw_only=True):
    """One request. Without a `status` no answer came: `error` says why.

    `source` is the door it came in by, or the action that sent it.
    """

    id: int
    at: datetime
    direction: str
    source: str
    method: str
    url: str
    status: int | None
    ms: int
    caller: Caller | None
    bot_id: int | None
    run_id: int | None
    error: str | None
    request_id: str | None
    address: str | None


class LoggedRequestDetail(LoggedRequest, kw_only=True):
    """One request with headers and bodies: at most 8 KB each, secrets as `***`."""

    request_headers: dict[str, str]
    request_body: str
    response_headers: dict[str, str]
    response_body: str
