"""Connections in the making: a provider may look at the hook before it agrees to call it."""

import contextlib
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Final

import msgspec
from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from connective.contracts.provider import Connection
from connective.kit import clock, instance
from connective.kit.context import unit_of_work
from connective.modules.channels.accounts import queries
from connective.modules.channels.models import pending_connections

LIFE: Final = timedelta(minutes=2)


@contextlib.asynccontextmanager
async def pending(connection: Connection) -> AsyncIterator[None]:
    """While the block runs every process knows what the provider may prove itself with."""
    sealed = instance.vault().seal(msgspec.json.encode(connection).decode())
    table = pending_connections
    key = {"bot_id": connection.bot_id, "channel": connection.channel}
    async with unit_of_work() as ctx:
        values = {"connection": sealed, "until": ctx.now + LIFE}
        made = insert(table).values(**key, **values)
        made = made.on_conflict_do_update(index_elements=list(key), set_=values)
        await ctx.db.execute(made)
    try:
        yield
    finally:
        async with unit_of_work() as ctx:
            own = delete(table).where(table.c.bot_id == key["bot_id"])
            await ctx.db.execute(own.where(table.c.channel == key["channel"]))


async def find(bot_id: int, channel: str) -> Connection | None:
    """The connection that is being made for a bot's channel right now."""
    async with unit_of_work() as ctx:
        sealed = await queries.pending(ctx.db, bot_id, channel, clock.now())
    if sealed is None:
        return None
    return msgspec.json.decode(instance.vault().open(sealed), type=Connection)
