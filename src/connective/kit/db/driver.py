"""The asyncpg connection under SQLAlchemy's, for multi-row statements of the hot path."""

import contextlib
from collections.abc import AsyncIterator
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit.db.engine import readers

_ANY_STATEMENT = "SELECT 1"


async def driver_of(db: AsyncConnection) -> Any:
    """The driver's connection, surely inside the transaction.

    SQLAlchemy opens the driver's transaction only with its own first statement: one given to the
    driver before would be committed by itself. So the driver is told to begin here, as SQLAlchemy
    would tell it; where that fails a statement of SQLAlchemy's own finds out what is wrong.
    """
    pooled: Any = await db.get_raw_connection()
    driver = pooled.driver_connection
    if db.in_transaction() and not driver.is_in_transaction():
        try:
            await pooled.dbapi_connection._start_transaction()  # noqa: SLF001
        except Exception:  # noqa: BLE001
            await db.exec_driver_sql(_ANY_STATEMENT)
    return driver


@contextlib.asynccontextmanager
async def reading() -> AsyncIterator[Any]:
    """A driver's connection without a transaction: each statement sees what is committed."""
    async with readers().connection() as driver:
        yield driver
