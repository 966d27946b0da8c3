"""Reads of files."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.modules.files.models import files


async def by_public_id(db: AsyncConnection, public_id: str) -> Row[Any] | None:
    query = select(files).where(files.c.public_id == public_id)
    return (await db.execute(query)).one_or_none()


async def by_names(
    db: AsyncConnection, ids: Sequence[int], public_ids: Sequence[str]
) -> Sequence[Row[Any]]:
    """Files by their ids or public ids."""
    named = files.c.id.in_(ids) | files.c.public_id.in_(public_ids)
    return (await db.execute(select(files).where(named))).all()


async def expired(db: AsyncConnection, now: datetime, *, limit: int) -> Sequence[Any]:
    """Files past their time, taken so that two sweeps do not meet."""
    query = select(files.c.id, files.c.public_id).where(files.c.expires_at <= now)
    locked = query.order_by(files.c.expires_at).limit(limit).with_for_update(skip_locked=True)
    return (await db.execute(locked)).all()
