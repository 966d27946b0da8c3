"""Waits for what another process or loop does, where nothing tells when it is done."""

import asyncio
from collections.abc import Awaitable, Callable

EVERY_S = 0.02


async def polled(done: Callable[[], Awaitable[bool]]) -> None:
    """Ask again and again until it is so; the caller sets the time limit."""
    while not await done():  # noqa: ASYNC110
        await asyncio.sleep(EVERY_S)
