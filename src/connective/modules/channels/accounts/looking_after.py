"""Asks every five minutes whether accounts still work."""

from typing import Final

from connective.kit.context import Ctx, unit_of_work
from connective.kit.health import Check, Finding
from connective.modules.channels import connections
from connective.modules.channels.accounts import queries, service

JOB: Final = "channels.check"


async def ask_all(ctx: Ctx) -> None:
    """One job an account, so that a provider that is slow holds up no other."""
    for row in await queries.running(ctx.db, list(connections.providers())):
        ctx.enqueue(JOB, account_id=row.id)


async def check(ctx: Ctx, account_id: int) -> None:
    row = await queries.by_id(ctx.db, account_id, lock=True)
    if row is not None and row.status in ("active", "error"):
        await service.judge(ctx, row)


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
