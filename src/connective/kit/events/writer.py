"""Appends buffered events as the last statement of a transaction."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit.db.driver import driver_of

_encode = msgspec.json.Encoder().encode

_INSERT = """
INSERT INTO events (at, kind, bot_id, dialog_id, request_id, client_id, actor, data)
SELECT $1, kind, bot_id, dialog_id, request_id, client_id, $7::jsonb, data
FROM unnest($2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $8::jsonb[])
     WITH ORDINALITY AS e(kind, bot_id, dialog_id, request_id, client_id, data, nr)
ORDER BY nr
"""


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
    driver = await driver_of(db)
    await driver.execute(
        _INSERT,
        at,
        [e.kind for e in events],
        [e.bot_id for e in events],
        [e.dialog_id for e in events],
        [e.request_id for e in events],
        [e.client_id for e in events],
        _encode(actor).decode(),
        [_encode(e.data).decode() for e in events],
    )
