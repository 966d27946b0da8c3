"""Appends buffered events as the last statement of a transaction."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit.db import bulk
from connective.kit.db.driver import driver_of

_encode = msgspec.json.Encoder().encode

_COLUMNS = ("at", "kind", "bot_id", "dialog_id", "request_id", "client_id", "actor", "data")


class Event(msgspec.Struct, frozen=True):
    """Something that happened: `kind` is `noun.verb`, `data` its new values."""

    kind: str
    data: Any
    bot_id: int | None = None
    dialog_id: int | None = None
    request_id: int | None = None
    client_id: int | None = None


async def append(
    db: AsyncConnection, events: Sequence[Event], *, at: datetime, actor: dict[str, Any]
) -> None:
    """Write the events of one transaction in their order."""
    who = _encode(actor).decode()
    rows = [
        (
            at,
            e.kind,
            e.bot_id,
            e.dialog_id,
            e.request_id,
            e.client_id,
            who,
            _encode(e.data).decode(),
        )
        for e in events
    ]
    await bulk.insert(await driver_of(db), "events", _COLUMNS, rows)
