"""Dialogs and messages as they go out."""

from datetime import datetime
from typing import Any

import msgspec


class DialogOut(msgspec.Struct, kw_only=True):
    """A bot's conversation with one contact; `waiting` tells for what the scenario waits."""

    id: int
    bot_id: int
    channel: str
    chat_id: str
    client_id: int
    client_name: str
    origin: str
    phone: str | None
    owner: str
    waiting: str
    node_id: int | None
    run_id: int | None
    parked: int
    deadline_at: datetime | None
    language: str
    last_message_at: datetime | None
    last_text: str | None
    last_kind: str | None
    last_direction: str | None
    created_at: datetime


class MessageOut(msgspec.Struct, kw_only=True):
    """A message of a dialog; `content` holds what is not text."""

    id: int
    seq: int
    direction: str
    kind: str
    author_kind: str
    author_name: str
    text: str
    content: dict[str, Any] | None
    status: str
    error: str | None
    run_id: int | None
    node_id: int | None
    while_inactive: bool
    created_at: datetime
    edited_at: datetime | None
    deleted_at: datetime | None


class Messages(msgspec.Struct):
    """A piece of a dialog by rising `seq`."""

    items: list[MessageOut]


class DialogState(msgspec.Struct):
    """The variables of a dialog and where its scenario stands.

    `known`: what a scenario may read there without having written it.
    """

    variables: dict[str, Any]
    known: dict[str, Any]
    language: str
    waiting: dict[str, Any]
    stack: list[Any]
