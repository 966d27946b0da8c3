"""Asks providers for what waits there, where they cannot call us.

Each account is asked by one process at a time; its place is kept once everything is committed.
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from typing import Any

import asyncpg

from connective.contracts.channel import HookCall
from connective.contracts.provider import (
    Connection,
    CredentialsRefused,
    Polling,
    Provider,
    ProviderFailed,
)
from connective.kit import egress, errors, wake
from connective.kit.context import unit_of_work
from connective.kit.db.engine import engine
from connective.kit.loops import idle, pause
from connective.modules.channels import service as channels
from connective.modules.channels.schemas import Account
from connective.modules.channels.service import Asking
from connective.modules.turns import provider_hooks
from connective.modules.turns.polling import queries

LOOK_S = 5.0
AFTER_A_FAULT_S = 5.0
log = logging.getLogger(__name__)


async def run(stop: asyncio.Event) -> None:
    """Keep one asker for each account that polls, as far as no other process has it."""
    askers: dict[int, asyncio.Task[None]] = {}
    try:
        async with _leases() as lease:
            with wake.waiter("polling") as woken:
                while not stop.is_set():
                    await _arrange(lease, askers, stop)
                    await idle(stop, woken, LOOK_S)
    finally:
        for task in askers.values():
            task.cancel()
        await asyncio.gather(*askers.values(), return_exceptions=True)


async def _arrange(lease: Any, askers: dict[int, asyncio.Task[None]], stop: asyncio.Event) -> None:
    """Begin with accounts that are free, and give back those that poll no longer."""
    wanted = {one.account_id: one for one in await _wanted()}
    for number, one in wanted.items():
        if number not in askers and await queries.lease(lease, number):
            askers[number] = asyncio.create_task(_ask(one, stop), name="polling")
    for number, task in list(askers.items()):
        if number not in wanted:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        if task.done():
            del askers[number]
            await queries.end_lease(lease, number)


async def _wanted() -> list[Asking]:
    async with unit_of_work() as ctx:
        return list(await channels.to_poll(ctx))


@contextlib.asynccontextmanager
async def _leases() -> AsyncIterator[Any]:
    """A connection whose end gives every account back, also when the process is killed."""
    dsn = engine().url.set(drivername="postgresql").render_as_string(hide_password=False)
    connection = await asyncpg.connect(dsn, timeout=5)
    try:
        yield connection
    finally:
        connection.terminate()


async def _ask(one: Asking, stop: asyncio.Event) -> None:
    """Ask again and again until the stop, or until the account asks no more."""
    cursor, faulty = await _cursor(one), False
    while not stop.is_set() and cursor is not None:
        account = await channels.find_account(one.bot_id, one.channel)
        known = channels.providers()[one.channel]
        if account is None or account.connection is None or account.connection.mode != "polling":
            return
        try:
            cursor = await round_(known, account, account.connection, cursor)
            if faulty:
                faulty = await _fault(account, None)
        except (ProviderFailed, CredentialsRefused, egress.EgressError) as failure:
            faulty = await _failed(account, failure)
            await pause(stop, AFTER_A_FAULT_S)
        except errors.Problem as refusal:
            log.warning("events of account %d wait: %s", one.account_id, refusal.code)
            await pause(stop, AFTER_A_FAULT_S)


async def _cursor(one: Asking) -> str | None:
    """Where the account stands now: another process may have asked since we looked."""
    return next(
        (each.cursor for each in await _wanted() if each.account_id == one.account_id), None
    )


async def round_(known: Provider, account: Account, connection: Connection, cursor: str) -> str:
    """Ask once and take what comes, in its order; gives the new place."""
    if not isinstance(known, Polling):
        raise ProviderFailed("polling", f"{known.title} cannot be asked", lasting=True)
    polled = await known.poll(connection, cursor, egress.default())
    for body in polled.bodies:
        try:
            await provider_hooks.take(known, account, HookCall(body=body))
        except errors.BadRequest:
            log.warning("account %d: an event that cannot be read", account.id)
    if polled.cursor != cursor:
        async with unit_of_work() as ctx:
            await channels.save_cursor(ctx, account.id, polled.cursor)
    return polled.cursor


async def _failed(account: Account, failure: Exception) -> bool:
    """Shown on the account; a lasting fault stops it until somebody looks at it."""
    lasting = isinstance(failure, CredentialsRefused) or getattr(failure, "lasting", False)
    log.warning("account %d cannot be asked: %s", account.id, failure)
    if not lasting:
        return await _fault(account, str(failure))
    async with unit_of_work() as ctx:
        await channels.fail_of_endpoint(ctx, account.endpoint_id, str(failure))
    return True


async def _fault(account: Account, text: str | None) -> bool:
    async with unit_of_work() as ctx:
        await channels.save_fault(ctx, account.id, text)
    return text is not None
