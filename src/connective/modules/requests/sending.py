"""The loop of the messages that wait: sends each when its moment has come.

The moments stand in the table, so a restart forgets none.
"""

import asyncio
import logging
from datetime import timedelta
from typing import Final

from connective.kit import errors
from connective.kit.context import unit_of_work
from connective.kit.loops import idle
from connective.kit.wake import waiter
from connective.modules.requests.scheduled import queries
from connective.modules.requests.service import departing, scheduling

LOOK: Final = timedelta(seconds=30)
MOST: Final = 500
log = logging.getLogger(__name__)


async def run(stop: asyncio.Event) -> None:
    """Look at every moment that comes, and twice a minute."""
    with waiter(scheduling.TOPIC) as woken:
        while not stop.is_set():
            await idle(stop, woken, (await fire()).total_seconds())


async def fire() -> timedelta:
    """Send what is due; how long it is until somebody has to look again."""
    async with unit_of_work() as ctx:
        now = ctx.now
        soon = await queries.soon(ctx.db, now + LOOK, limit=MOST)
    for row in soon:
        if row.send_at <= now:
            await _all_due(row.request_id)
    return next((row.send_at - now for row in soon if row.send_at > now), LOOK)


async def _all_due(request_id: int) -> None:
    """In order; a message that fails by itself keeps other requests from nothing."""
    try:
        while await _next(request_id):
            pass
    except errors.NotFound:
        return
    except Exception:
        log.exception("a message that waited in request %s failed", request_id)


async def _next(request_id: int) -> bool:
    async with unit_of_work() as ctx:
        return await departing.send_next(ctx, request_id)
