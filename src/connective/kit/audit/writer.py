"""Writes audit rows."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit.audit.models import audit
from connective.kit.auth_policy import Actor


class Entry(msgspec.Struct, frozen=True):
    """One change; secrets are given as `***` in `before` and `after`."""

    action: str
    object_type: str
    object_id: str
    before: Any = None
    after: Any = None


async def append(
    db: AsyncConnection, entries: list[Entry], *, at: datetime, actor: Actor, request_id: str | None
) -> None:
    """Write who did what, in the transaction that does it."""
    who = {
        "at": at,
        "actor_kind": actor.kind,
        "actor_id": actor.id,
        "actor_name": actor.name,
        "address": actor.address,
        "request_id": request_id,
    }
    await db.execute(insert(audit), [who | msgspec.structs.asdict(entry) for entry in entries])
