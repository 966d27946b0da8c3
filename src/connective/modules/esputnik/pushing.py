"""The loop that pushes clients to eSputnik: batches of pushes, and changes as they come."""

import asyncio
import logging

from connective.kit import clock
from connective.kit.context import unit_of_work
from connective.kit.loops import SWEEP_S, idle
from connective.kit.wake import waiter
from connective.modules.esputnik import people, queries, service
from connective.modules.esputnik.people import Sent
from connective.modules.esputnik.provider import EsputnikProblem
from connective.modules.esputnik.schemas import Account, Pushed
from connective.modules.esputnik.service.accounts import TOPIC

log = logging.getLogger(__name__)


async def run(stop: asyncio.Event) -> None:
    """Look when there is something new, and when the next batch is due."""
    with waiter(TOPIC) as woken:
        while not stop.is_set():
            done = [await push_batch(), await push_changes()]
            if not any(done):
                await idle(stop, woken, SWEEP_S)


async def push_batch() -> bool:
    """The batch that is due; False when none is."""
    async with unit_of_work() as ctx:
        held = await service.hold(ctx)
        if held is None:
            return False
        account = await service.account_of(ctx, held.bot_id)
        rows = await service.ask(ctx, held)
    try:
        clients = [people.of_row(row, account.mapping if account else ()) for row in rows]
        sent = await told(account, clients)
    except EsputnikProblem as problem:
        async with unit_of_work() as ctx:
            await service.put_off(ctx, held, problem)
    except Exception as failure:
        log.exception("push %s failed", held.id)
        async with unit_of_work() as ctx:
            await service.stop(ctx, held, repr(failure)[:300])
    else:
        async with unit_of_work() as ctx:
            await service.settle(ctx, held, [row.id for row in rows], sent)
    return True


async def push_changes() -> bool:
    """Changed clients of one bot that are due; False when there are none."""
    async with unit_of_work() as ctx:
        rows = await service.hold_changes(ctx)
        if not rows:
            return False
        bot_id = rows[0].bot_id
        account = await service.account_of(ctx, bot_id)
        found = await queries.some(ctx.db, bot_id, [row.client_id for row in rows])
    try:
        sent = await told(
            account, [people.of_row(row, account.mapping if account else ()) for row in found]
        )
    except EsputnikProblem as problem:
        async with unit_of_work() as ctx:
            await service.put_off_changes(ctx, rows, problem)
    except Exception as failure:
        log.exception("changes of bot %s failed", bot_id)
        refused = {row.client_id: repr(failure)[:300] for row in rows}
        async with unit_of_work() as ctx:
            await service.settle_changes(ctx, rows, refused)
    else:
        async with unit_of_work() as ctx:
            refused = {number: text for number, _, text in sent.refused}
            await service.settle_changes(ctx, rows, refused)
    return True


async def told(account: Account | None, clients: list[Pushed]) -> Sent:
    """Push, and note at the connection how it went."""
    if account is None:
        raise EsputnikProblem("esputnik_not_configured", "the bot has no connection any more")
    if not any(people.passed_by(client) is None for client in clients):
        return Sent(skipped=len(clients))  # nobody to call about
    try:
        sent = await people.push(account, clients)
    except EsputnikProblem as problem:
        await noted(account, problem)
        raise
    first = sent.refused[0][2] if sent.refused else None
    await noted(account, EsputnikProblem("esputnik_refused", first) if first else None)
    return sent


async def noted(account: Account, problem: EsputnikProblem | None) -> None:
    async with unit_of_work() as ctx:
        await service.note_call(ctx, account.bot_id, problem, at=clock.now())
