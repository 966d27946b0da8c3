"""Asks every five minutes whether accounts still work."""

from typing import Final

from connective.kit.context import Ctx
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
