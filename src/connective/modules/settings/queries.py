"""Every SELECT of the module."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import desc, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit.mail.models import mails
from connective.kit.outbox.models import deliveries
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


_DATABASE = text(
    "SELECT current_setting('server_version') AS version, "
    "pg_database_size(current_database()) AS bytes, clock_timestamp() AS at, "
    "(SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()) AS connections"
)
_OPEN = deliveries.c.status.in_(["pending", "retrying"])
_DELIVERIES = select(
    func.count().filter(_OPEN, ~deliveries.c.parked).label("open"),
    func.count().filter(_OPEN, deliveries.c.parked).label("parked"),
    func.min(deliveries.c.created_at).filter(_OPEN, ~deliveries.c.parked).label("oldest"),
).where(_OPEN)


async def database(db: AsyncConnection) -> Any:
    """version, bytes, at, connections."""
    return (await db.execute(_DATABASE)).one()


async def open_deliveries(db: AsyncConnection) -> Any:
    """open, parked, oldest."""
    return (await db.execute(_DELIVERIES)).one()


async def list_mails(db: AsyncConnection, page: PageQuery) -> Sequence[Any]:
    """limit + 1 mails, the newest first."""
    query = select(mails)
    after = page.after(int)
    if after is not None:
        query = query.where(mails.c.id < after[0])
    return (await db.execute(query.order_by(desc(mails.c.id)).limit(page.limit + 1))).all()
