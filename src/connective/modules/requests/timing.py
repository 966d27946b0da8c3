"""The loop of the timers: plans what is due in chats, and does it when its time has come.

Due times stand in the requests, so a restart forgets none, and the row's lock lets each fire once.
"""

import asyncio
import logging
from typing import Final

from connective.kit import errors
from connective.kit.context import unit_of_work
from connective.kit.loops import SWEEP_S, idle
from connective.kit.wake import waiter
from connective.modules.requests import service
from connective.modules.requests.service import expiring
from connective.modules.requests.timers import due, queries

TOPIC: Final = "chat timers"
MOST: Final = 500
log = logging.getLogger(__name__)


async def run(stop: asyncio.Event) -> None:
    """Look when there is something to plan, and when something is due."""
    with waiter(TOPIC) as woken:
        while not stop.is_set():
            if await plan() + await fire() < MOST:
                await idle(stop, woken, SWEEP_S)


async def plan() -> int:
    async with unit_of_work() as ctx:
        return await expiring.plan(ctx, limit=MOST)


async def fire() -> int:
    """Do what is due; how many chats it was due in."""
    async with unit_of_work() as ctx:
        rows = await queries.due(ctx.db, ctx.now, limit=MOST)
    for row in rows:
        await _one(row.id, what=row.due_what)
    return len(rows)


async def _one(request_id: int, *, what: str | None) -> None:
    """One chat whose timer fails keeps no other waiting."""
    try:
        async with unit_of_work() as ctx:
            if what == due.WAKE:
                await service.wake(ctx, request_id)
            else:
                await expiring.expire(ctx, request_id)
    except errors.NotFound:
        return
    except Exception:
        log.exception("the timer of request %s failed", request_id)
