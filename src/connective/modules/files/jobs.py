"""Removes files whose time has ended."""

import asyncio

from connective.kit.context import unit_of_work
from connective.kit.loops import Loop, pause
from connective.modules.files import service

EVERY_S = 600.0


async def sweep() -> int:
    """Remove one batch of expired files: rows first, so that no link finds a missing object."""
    async with unit_of_work() as ctx:
        gone = await service.expire(ctx)
    await service.remove_objects(gone)
    return len(gone)


async def run(stop: asyncio.Event) -> None:
    while not stop.is_set():
        if not await sweep():
            await pause(stop, EVERY_S)


LOOPS = [Loop("files: expiry", "worker", run)]
