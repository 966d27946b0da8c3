"""Accounts that ask for their events: one process at a time asks for each, and keeps its place."""

from collections.abc import Sequence

from msgspec import Struct
from sqlalchemy import update

from connective.kit.context import Ctx
from connective.modules.channels import connections
from connective.modules.channels.accounts import queries
from connective.modules.channels.models import channel_accounts


class Asking(Struct, frozen=True):
    """An account to ask for its events, and where it goes on."""

    account_id: int
    bot_id: int
    channel: str
    cursor: str


async def to_poll(ctx: Ctx) -> Sequence[Asking]:
    """Accounts in mode polling that work."""
    rows = await queries.running(ctx.db, list(connections.providers()))
    return [
        Asking(row.id, row.bot_id, row.channel, row.cursor)
        for row in rows
        if row.mode == "polling" and row.status == "active"
    ]


async def save_cursor(ctx: Ctx, account_id: int, cursor: str) -> None:
    """All up to here is stored for good."""
    mine = update(channel_accounts).where(channel_accounts.c.id == account_id)
    await ctx.db.execute(mine.values(cursor=cursor, last_ok_at=ctx.now))


async def save_fault(ctx: Ctx, account_id: int, text: str | None) -> None:
    """Why the provider cannot be asked now; None when it can again."""
    mine = update(channel_accounts).where(channel_accounts.c.id == account_id)
    await ctx.db.execute(mine.values(last_error=text))
