"""The monthly partitions of the event log, made ahead of time."""

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit.db.driver import driver_of

MONTHS_AHEAD = 3
KEPT = timedelta(days=90)
REST = "events_rest"
_NAMES = """
SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
WHERE i.inhparent = 'events'::regclass ORDER BY c.relname
"""
_IN_REST = "SELECT count(*) FROM events_rest"
# Rows that came before their partition move into it; readers see them in one place or the other.
_STEPS = (
    "CREATE TABLE {name} (LIKE events INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES)",
    """WITH moved AS (DELETE FROM events_rest WHERE at >= '{start}' AND at < '{end}' RETURNING *)
    INSERT INTO {name} SELECT * FROM moved""",
    "ALTER TABLE events ATTACH PARTITION {name} FOR VALUES FROM ('{start}') TO ('{end}')",
)
_DROP = "DROP TABLE {name}"
_FORGET = "DELETE FROM events_rest WHERE at < $1"
_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('event partitions'))"
_PATIENCE = "SET LOCAL lock_timeout = '3s'"


async def ensure_partitions(db: AsyncConnection, now: datetime) -> list[str]:
    """Make the partitions of this month and the next ones; gives the names of the new ones."""
    driver = await driver_of(db)
    if not missing(await _names(driver), now):
        return []
    await driver.execute(_PATIENCE)
    await driver.execute(_ONE_AT_A_TIME)
    new = missing(await _names(driver), now)
    for name, start, end in new:
        for step in _STEPS:
            await driver.execute(step.format(name=name, start=start, end=end))
    return [name for name, _, _ in new]


async def drop_old(db: AsyncConnection, now: datetime) -> list[str]:
    """Drop the partitions whose last event is older than events are kept; gives their names."""
    driver = await driver_of(db)
    limit = f"events_{now - KEPT:%Y_%m}"
    old = sorted(name for name in await _names(driver) if name != REST and name < limit)
    if old:
        await driver.execute(_PATIENCE)
    for name in old:
        await driver.execute(_DROP.format(name=name))
    await driver.execute(_FORGET, now - KEPT)
    return old


async def check(db: AsyncConnection, now: datetime) -> tuple[list[str], int]:
    """Partitions that are missing, and the number of events that had to go to the default one."""
    driver = await driver_of(db)
    names = [name for name, _, _ in missing(await _names(driver), now)]
    return names, await driver.fetchval(_IN_REST)


async def _names(driver: Any) -> set[str]:
    return {row["name"] for row in await driver.fetch(_NAMES)}


def missing(names: set[str], now: datetime) -> list[tuple[str, str, str]]:
    """(name, first moment, moment after the last) of the months that have no partition."""
    first = datetime(now.year, now.month, 1, tzinfo=UTC)
    months = [_months_after(first, count) for count in range(MONTHS_AHEAD + 2)]
    found = [
        (f"events_{a:%Y_%m}", a.isoformat(), b.isoformat()) for a, b in itertools.pairwise(months)
    ]
    return [month for month in found if month[0] not in names]


def _months_after(first: datetime, count: int) -> datetime:
    years, month = divmod(first.month - 1 + count, 12)
    return first.replace(year=first.year + years, month=month + 1)
