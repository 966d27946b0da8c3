"""Connections that outlive a test: opening some twenty of them costs more than a small test."""

import asyncio
from typing import Any

import asyncpg
from sqlalchemy import URL, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

_connect, _create_pool = asyncpg.connect, asyncpg.create_pool
RESET_S = 2.0
_LOST = (
    OSError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # another operation is under way on it
)


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


class KeptPool:
    """A pool of readers that outlives its closing, and with it the plans of their statements."""

    def __init__(self, pool: Any) -> None:
        self._pool = pool

    def acquire(self, **options: Any) -> Any:
        return self._pool.acquire(**options)

    async def close(self) -> None:
        """What somebody still reads through ends as in production."""
        if self._pool.get_size() > self._pool.get_idle_size():
            await self._pool.close()

    def terminate(self) -> None:
        self._pool.terminate()

    @property
    def is_open(self) -> bool:
        return not self._pool.is_closing()


class KeptConnection(asyncpg.Connection):  # type: ignore[misc]
    """A connection that is put aside when it is closed, and wiped before its next use."""

    aside: "list[KeptConnection]"

    async def close(self, *, timeout: float | None = None) -> None:  # noqa: ASYNC109  its own
        if self not in self.aside and await wiped(self):
            self.terminate()

    def terminate(self) -> None:
        if not self.is_closed() and self not in self.aside:
            self._listeners.clear()
            self._termination_listeners.clear()
            self.aside.append(self)


async def wiped(connection: KeptConnection) -> bool:
    """Free of locks, listeners and settings; what cannot be wiped is ended."""
    try:
        await connection.reset(timeout=RESET_S)
    except (*_LOST, TimeoutError):
        asyncpg.Connection.terminate(connection)
    return not connection.is_closed()


class Connections:
    """The kept connections of one test process to its database."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._loop: asyncio.AbstractEventLoop | None = None
        self._engines: dict[int, KeptEngine] = {}
        self._pools: dict[int, KeptPool] = {}
        self._aside: list[KeptConnection] = []

    async def look(self) -> Any:
        """A connection for looking into the database."""
        self._loop = asyncio.get_running_loop()
        return await self.connect(self._dsn)

    async def connect(self, dsn: str | None = None, **options: Any) -> Any:
        """In place of `asyncpg.connect`: connections to the database of the tests are kept."""
        if dsn != self._dsn or asyncio.get_running_loop() is not self._loop:
            return await _connect(dsn, **options)
        while self._aside:
            kept = self._aside.pop()
            if await wiped(kept):
                return kept
        connection = await _connect(dsn, connection_class=KeptConnection, **options)
        connection.aside = self._aside
        return connection

    async def wipe(self) -> None:
        """What the test terminated holds no lock any more."""
        left = list(self._aside)
        self._aside.clear()
        self._aside += [connection for connection in left if await wiped(connection)]

    def engine(self, url: URL, **options: Any) -> AsyncEngine:
        """In place of `create_async_engine`: engines on the database of the tests are kept."""
        plain = url.set(drivername="postgresql")
        if plain != make_url(self._dsn) or asyncio.get_running_loop() is not self._loop:
            return create_async_engine(url, **options)
        size = options["pool_size"]
        if size not in self._engines:
            self._engines[size] = KeptEngine(create_async_engine(url, **options).sync_engine)
        return self._engines[size]

    async def pool(self, dsn: str, **options: Any) -> Any:
        """In place of `asyncpg.create_pool`: pools on the database of the tests are kept."""
        if dsn != self._dsn or asyncio.get_running_loop() is not self._loop:
            return await _create_pool(dsn, **options)
        size = options["max_size"]
        if size not in self._pools or not self._pools[size].is_open:
            self._pools[size] = KeptPool(await _create_pool(dsn, **options))
        return self._pools[size]

    async def end(self) -> None:
        """Close them all; new ones are made when they are asked for."""
        for engine in self._engines.values():
            await engine.end()
        for pool in self._pools.values():
            pool.terminate()
        while self._aside:
            asyncpg.Connection.terminate(self._aside.pop())
