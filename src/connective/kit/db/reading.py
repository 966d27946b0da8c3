"""The pool of single statements outside transactions, each planned once a connection.

With the values known PostgreSQL plans such a statement anew every time, which for a list of five
tables takes longer than the list. So a partial index needs its condition as a constant in the text,
not as a value.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import asyncpg

WAIT_S = 5
# Of every connection to the instance's database.
SERVER_SETTINGS = {"jit": "off", "timezone": "UTC"}


class ReadingPool:
    """Opened with the first statement; nothing of one user's session is left for the next."""

    def __init__(self, dsn: str, size: int) -> None:
        self._dsn, self._size = dsn, size
        self._opening = asyncio.Lock()
        self._pool: Any = None

    @contextlib.asynccontextmanager
    async def connection(self) -> AsyncIterator[Any]:
        """A connection for one short read, given back at the end of the block."""
        if self._pool is None:
            await self._open()
        async with self._pool.acquire(timeout=WAIT_S) as driver:
            yield driver

    async def _open(self) -> None:
        async with self._opening:
            if self._pool is None:
                self._pool = await asyncpg.create_pool(
                    self._dsn,
                    min_size=0,
                    max_size=self._size,
                    timeout=WAIT_S,
                    server_settings={**SERVER_SETTINGS, "plan_cache_mode": "force_generic_plan"},
                    reset=_as_it_is,
                )

    async def close(self) -> None:
        """Statements under way have a moment to end."""
        if self._pool is not None:
            try:
                await asyncio.wait_for(self._pool.close(), WAIT_S)
            except TimeoutError:
                self._pool.terminate()


async def _as_it_is(_: Any) -> None:
    """Statements set nothing, so there is nothing to ask the server to reset."""
