"""Every SELECT of the module."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.modules.hot_keys.models import own_hot_keys


async def own(db: AsyncConnection, user_id: int) -> Any:
    """The keys that somebody has for himself; None when he has chosen none."""
    query = select(own_hot_keys.c.chosen).where(own_hot_keys.c.user_id == user_id)
    return (await db.execute(query)).scalar_one_or_none()
