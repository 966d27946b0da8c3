"""Waits for what another process or loop does, where nothing tells when it is done."""

import asyncio
from collections.abc import Awaitable, Callable

EVERY_S = 0.02
# Below the limit of a test: that one may strike within a loop of the app, which goes on regardless.
LIMIT_S = 100.0


async def polled(done: Callable[[], Awaitable[bool]]) -> None:
    """Ask again and again until it is so."""
    async with asyncio.timeout(LIMIT_S):
        while not await done():  # noqa: ASYNC110
            await asyncio.sleep(EVERY_S)
