"""Every SELECT of the module."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit.paging import PageQuery
from connective.modules.settings.models import instance, secrets

Found = Any  # a row, or None


async def the_instance(db: AsyncConnection) -> Found:
    return (await db.execute(select(instance))).one_or_none()


async def secret(db: AsyncConnection, name: str) -> Found:
    query = select(secrets).where(secrets.c.name == name)
    return (await db.execute(query)).one_or_none()


async def all_secrets(db: AsyncConnection) -> Sequence[Any]:
    return (await db.execute(select(secrets.c.name, secrets.c.value))).all()


async def list_secrets(db: AsyncConnection, page: PageQuery) -> Sequence[Any]:
    """limit + 1 secrets by name, without their values."""
    query = select(secrets.c.name, secrets.c.created_at, secrets.c.updated_at)
    after = page.after(str)
    if after is not None:
        query = query.where(secrets.c.name > after[0])
    return (await db.execute(query.order_by(secrets.c.name).limit(page.limit + 1))).all()
