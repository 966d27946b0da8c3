"""Every SELECT of the module."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, desc, func, literal, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit.events.models import failures
from connective.kit.mail.models import mails
from connective.kit.outbox.models import deliveries, endpoints
from connective.kit.paging import PageQuery
from connective.kit.stored_settings.models import settings as stored
from connective.modules.settings.models import alerts as alert_rows
from connective.modules.settings.models import backups, instance, secrets

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


_FAILING = and_(endpoints.c.status == "active", endpoints.c.failing_since.is_not(None))
_DISABLED = endpoints.c.status == "disabled_by_failures"
_ENDPOINTS = select(
    func.count().filter(_FAILING).label("failing"),
    func.count().filter(_DISABLED).label("disabled"),
    func.string_agg(endpoints.c.name, literal(", ")).filter(_FAILING | _DISABLED).label("names"),
)
_URLS = (
    select(endpoints.c.url)
    .where(endpoints.c.status == "active", endpoints.c.url.like("https:%"))
    .distinct()
    .order_by(endpoints.c.url)
)
# How far each reader of the event log is behind, and since when what it reads next waits.
_LAG = text(
    "SELECT c.listener, (SELECT count(*) FROM (SELECT 1 FROM events e WHERE e.id > c.position"
    " LIMIT 10001) AS newer) AS behind, (SELECT e.at FROM events e WHERE e.id > c.position"
    " ORDER BY e.id LIMIT 1) AS next_at FROM event_cursors c ORDER BY c.listener"
)


async def endpoint_health(db: AsyncConnection) -> Any:
    """failing, disabled, names."""
    return (await db.execute(_ENDPOINTS)).one()


async def https_urls(db: AsyncConnection, limit: int) -> Sequence[str]:
    return (await db.execute(_URLS.limit(limit))).scalars().all()


async def event_lag(db: AsyncConnection) -> Sequence[Any]:
    """listener, behind (10,001 stands for more), next_at."""
    return (await db.execute(_LAG)).all()


async def events_aside(db: AsyncConnection, since: datetime) -> int:
    """Events that a reader could not take."""
    query = select(func.count()).select_from(failures).where(failures.c.at > since)
    return (await db.execute(query)).scalar_one()


async def alerts(db: AsyncConnection) -> Sequence[Any]:
    """Checks that were red at the last look."""
    return (await db.execute(select(alert_rows))).all()


async def last_backup(db: AsyncConnection) -> Found:
    query = select(backups).order_by(desc(backups.c.id)).limit(1)
    return (await db.execute(query)).one_or_none()


async def stored_keys(db: AsyncConnection) -> Sequence[Any]:
    """Which settings were changed, how often and when; not their values."""
    columns = (stored.c.key, stored.c.version, stored.c.updated_at)
    return (await db.execute(select(*columns).order_by(stored.c.key))).all()


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
