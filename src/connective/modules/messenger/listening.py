"""The long poll of a catcher: answers at once when there is something, else waits for it.

While it waits it holds no connection of the database.
"""

import asyncio

from fastapi import Request

from connective.kit import auth_policy, clock, wake
from connective.kit.auth_policy import Actor
from connective.kit.context import unit_of_work
from connective.kit.http.router import Authenticate
from connective.modules.messenger import service
from connective.modules.messenger.schemas import CaughtList

LONGEST_S = 25.0
LOOK_S = 2.0


async def admitted(request: Request) -> Actor:
    """Whoever may use the Messenger."""
    authenticate: Authenticate = request.app.state.authenticate
    async with unit_of_work(request_id=request.state.request_id) as ctx:
        actor = await authenticate(request, ctx)
        request.state.language = actor.language
        auth_policy.allow(actor, service.ACTION)
    return actor


async def requests(actor: Actor, code: str, *, since: int, wait_s: float) -> CaughtList:
    """What was caught after `since`, waited for up to so many seconds."""
    until = clock.monotonic() + wait_s
    with wake.waiter(service.TOPIC) as woken:
        while True:
            woken.clear()
            async with unit_of_work(actor) as ctx:
                found = await service.requests(ctx, code, since=since)
            left = until - clock.monotonic()
            if found.items or left <= 0 or wake.closing():
                return found
            try:
                await asyncio.wait_for(woken.wait(), min(left, LOOK_S))
            except TimeoutError:
                continue
