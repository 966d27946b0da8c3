"""A sender's name in the ledger: kept alive by beats and a lock, taken away when it is dead."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from typing import Any

import asyncpg

from connective.kit.senders import queries
from connective.kit.wake import wake

BEAT_S = 2.0
LEASE_S = 7.0
log = logging.getLogger(__name__)


class Fenced(Exception):
    """This sender's claims were given to others; what it has not written is dropped."""


class Owner:
    """Holds a connection of its own, whose end frees the lock at the moment of a kill."""

    def __init__(self, connection: Any, number: int) -> None:
        self.id = number
        self._connection = connection

    async def beat(self) -> None:
        """Say that we live, and free the claims of those who do not."""
        limits = (queries.ADVISORY_CLASS, LEASE_S)
        some_died = await self._connection.fetchval(queries.BEAT, *limits, self.id)
        if some_died is None:
            raise Fenced(f"sender {self.id}")
        if some_died:
            await bury(self._connection)

    async def keep(self) -> None:
        """Beat until cancelled."""
        while True:
            await asyncio.sleep(BEAT_S)
            await self.beat()


@contextlib.asynccontextmanager
async def registered(dsn: str) -> AsyncIterator[Owner]:
    """Be a sender while the block runs; the claims of dead senders are free at once."""
    connection: Any = await asyncpg.connect(dsn, timeout=5)
    try:
        async with connection.transaction():
            number = await connection.fetchval(queries.REGISTER)
            await connection.execute(queries.LOCK_SELF, queries.ADVISORY_CLASS, number)
        await bury(connection)
        yield Owner(connection, number)
        if not connection.is_closed():
            await _leave(connection, number)
    finally:
        connection.terminate()


async def _leave(connection: Any, number: int) -> None:
    async with connection.transaction():
        await connection.execute(queries.LEAVE, number)
        await _free(connection, [number])
    wake("outbox")


async def bury(connection: Any) -> None:
    """Take the claims of dead senders away, in one transaction with their names."""
    async with connection.transaction():
        rows = await connection.fetch(queries.BURY, queries.ADVISORY_CLASS, LEASE_S)
        if rows:
            dead = [row["id"] for row in rows]
            log.warning("freeing the claims of senders that are gone: %s", dead)
            await _free(connection, dead)
    if rows:
        wake("outbox")


async def _free(connection: Any, numbers: list[int]) -> None:
    await connection.execute(queries.FREE_LANES, numbers)
    await connection.execute(queries.FREE_SINGLES, numbers)
