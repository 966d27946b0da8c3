"""What the team does in the background."""

import asyncio
from typing import Final

from connective.kit.context import unit_of_work
from connective.kit.jobs import Schedule
from connective.kit.loops import Loop, pause
from connective.modules.operators.service import leave_idle, loads, watching

EVERY_S: Final = 5.0


async def run(stop: asyncio.Event) -> None:
    """Look at the statuses every few seconds."""
    while not stop.is_set():
        await look()
        await pause(stop, EVERY_S)


async def look() -> None:
    """One look at everybody; a transaction for each who is gone."""
    async with unit_of_work() as ctx:
        await watching.tell_overstayed(ctx)
        await watching.end_limits(ctx)
        gone = await watching.gone(ctx)
    for user_id in gone:
        async with unit_of_work() as ctx:
            await leave_idle(ctx, user_id)


LOOPS = [Loop("operator statuses", "worker", run)]
SCHEDULES = [Schedule("operators.forget_touches", "51 3 * * *", loads.forget_touches)]
