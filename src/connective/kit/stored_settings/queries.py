"""Every SELECT on stored settings."""

from typing import Any

from sqlalchemy import ScalarSelect, select
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit.stored_settings.models import settings


def value_of(key: str) -> ScalarSelect[Any]:
    """The value as a part of another query: always the newest, and no query of its own."""
    return select(settings.c.value).where(settings.c.key == key).scalar_subquery()


async def value(db: AsyncConnection, key: str, *, lock: bool = False) -> Any:
    """The stored value; None when nobody has set it."""
    query = select(settings.c.value).where(settings.c.key == key)
    return (await db.execute(query.with_for_update() if lock else query)).scalar_one_or_none()
