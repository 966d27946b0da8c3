"""Asks every five minutes whether accounts still work."""

from typing import Final

from connective.kit.context import Ctx, unit_of_work
from connective.kit.health import Check, Finding
from connective.modules.channels import connections
from connective.modules.channels.accounts import providers, queries, service

JOB: Final = "channels.check"


async def ask_all(ctx: Ctx) -> None:
    """One job an account, so that a provider that is slow holds up no other."""
    for row in await queries.running(ctx.db, list(connections.providers())):
        ctx.enqueue(JOB, account_id=row.id)


async def check(account_id: int) -> None:
    """Asked between two transactions: no row waits for a provider."""
    async with unit_of_work() as ctx:
        row = await queries.by_id(ctx.db, account_id)
    if row is None or row.status not in ("active", "error"):
        return
    connection = service.connection(row)
    verdict = await providers.judged(connection)
    async with unit_of_work() as ctx:
        await service.judge(ctx, account_id, connection, verdict)


async def standing() -> Finding:
    """How many accounts work, for the page of the system's state."""
    async with unit_of_work() as ctx:
        states = await queries.states(ctx.db, list(connections.providers()))
    failing = states.get("error", 0)
    facts = {"active": states.get("active", 0), "failing": failing}
    if not any(facts.values()):
        return Finding("off", "none")
    return Finding("error" if failing else "ok", "failing" if failing else "well", facts)


CHECK: Final = Check("channels", standing)
