"""The token of the connection: renewed by one caller at a time, and what became of calls.

Remote actions and the loop of notes have no transaction of their own; these are their edges.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Final

from connective.kit import clock, egress
from connective.kit.context import unit_of_work
from connective.modules.zoho import queries, service
from connective.modules.zoho.crm.call import Line
from connective.modules.zoho.crm.problems import Absent, NotConnected, Reconnect, ZohoProblem
from connective.modules.zoho.schemas import Account

_renewing: Final = asyncio.Lock()


async def access(refused: str) -> Account:
    """The account with a good token; `refused` is one that Zoho has not taken.

    Who meets a token that is over renews it, in this process and in the others; whoever comes
    meanwhile waits and uses the new one.
    """
    async with unit_of_work() as ctx:
        found = await service.usable(ctx, await queries.account(ctx.db), refused)
    if found is not None:
        return found
    async with _renewing:
        problem: ZohoProblem | None = None
        async with unit_of_work() as ctx:
            row = await queries.account(ctx.db, lock=True)
            found = await service.usable(ctx, row, refused)
            if found is None and row is not None:
                try:
                    found = await service.renew(ctx, row)
                except Reconnect as lost:
                    await service.lose(ctx, lost)  # kept: the transaction must not fail
                    problem = lost
    if found is None:
        raise problem or Reconnect("the grant was taken back")
    return found


@asynccontextmanager
async def line(
    *, sleep: Callable[[float], Awaitable[None]] | None = None, bot_id: int | None = None
) -> AsyncIterator[Line]:
    """Calls of one piece of work, its outcome noted at the connection."""
    try:
        yield Line(egress.default(), access, sleep=sleep, bot_id=bot_id)
    except NotConnected:
        raise  # nobody was called
    except ZohoProblem as problem:
        # that something is not there is an answer
        await noted(None if isinstance(problem, Absent) else problem)
        raise
    await noted(None)


async def noted(problem: ZohoProblem | None) -> None:
    """When Zoho was called last, and what went wrong."""
    async with unit_of_work() as ctx:
        await service.note_call(ctx, problem, at=clock.now())
