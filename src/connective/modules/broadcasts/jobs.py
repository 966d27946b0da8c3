"""Sends messages by template whose time has come."""

import asyncio

from connective.kit import wake
from connective.kit.context import unit_of_work
from connective.kit.loops import SWEEP_S, Due, Loop, idle
from connective.modules.broadcasts import queries
from connective.modules.broadcasts.service import going_out
from connective.modules.broadcasts.service.sending import TOPIC

MOST = 20


async def run(stop: asyncio.Event) -> None:
    """Look when something was planned, and when it is due."""
    with wake.waiter(TOPIC) as woken:
        while not stop.is_set():
            if await send_due() < MOST:
                await idle(stop, woken, SWEEP_S)


async def send_due() -> int:
    """Send what is due; gives how many there were."""
    async with unit_of_work() as ctx:
        rows = await queries.due(ctx.db, ctx.now, MOST)
        for row in rows:
            await going_out.go(ctx, row)
    return len(rows)


LOOPS = [Loop("messages by template", "worker", run, Due(TOPIC, (queries.ANY_DUE,)))]
