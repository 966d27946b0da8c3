"""Connections that outlive a test: opening some twenty of them costs more than a small test."""

import asyncio
from typing import Any

import asyncpg
from sqlalchemy import URL, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

_LOST = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError)


class KeptEngine(AsyncEngine):
    """An engine whose connections are wiped when it is disposed of, instead of closed."""

    async def dispose(self, close: bool = True) -> None:
        """What somebody still holds cannot be wiped: then the pool ends as in production."""
        pool: Any = self.pool
        if pool.checkedout():
            await self.end()
            return
        idle = [await self.connect() for _ in range(pool.checkedin())]
        for connection in idle:
            try:
                driver: Any = (await connection.get_raw_connection()).driver_connection
                await driver.reset()
            except _LOST:
                await connection.invalidate()
            await connection.close()

    async def end(self) -> None:
        await super().dispose()


class Connections:
    """The kept connections of one test process to its database."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._loop: asyncio.AbstractEventLoop | None = None
        self._engines: dict[int, KeptEngine] = {}
        self._looking: list[Any] = []

    async def look(self) -> Any:
        """A connection for looking into the database; `leave` takes it back."""
        self._loop = asyncio.get_running_loop()
        return self._looking.pop() if self._looking else await asyncpg.connect(self._dsn)

    async def leave(self, connection: Any) -> None:
        """Keep it for the next test."""
        await connection.reset()
        self._looking.append(connection)

    def engine(self, url: URL, **options: Any) -> AsyncEngine:
        """In place of `create_async_engine`: engines on the database of the tests are kept."""
        plain = url.set(drivername="postgresql")
        if plain != make_url(self._dsn) or asyncio.get_running_loop() is not self._loop:
            return create_async_engine(url, **options)
        size = options["pool_size"]
        if size not in self._engines:
            self._engines[size] = KeptEngine(create_async_engine(url, **options).sync_engine)
        return self._engines[size]

    async def end(self) -> None:
        """Close them all; new ones are made when they are asked for."""
        for engine in self._engines.values():
            await engine.end()
        while self._looking:
            await self._looking.pop().close()
