"""Connections in the making: no row is held while a provider is asked, this one tells of it.

A provider may look at the hook before it agrees to call it, so every process has to know what it
then proves itself with. Of one bot's channel, and of one identity, one is made at a time.
"""

import contextlib
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Final

import msgspec
from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from connective.contracts.provider import Connection, Identity
from connective.kit import clock, errors, instance
from connective.kit.context import Ctx, unit_of_work
from connective.modules.channels.accounts import queries
from connective.modules.channels.connections import provider_of
from connective.modules.channels.models import pending_connections

# Longer than any provider takes; what a killed process has begun is forgotten after it.
LIFE: Final = timedelta(minutes=2)


@contextlib.asynccontextmanager
async def pending(connection: Connection, identity: Identity) -> AsyncIterator[None]:
    """Nobody else connects this bot's channel, or this identity, while the block runs."""
    async with unit_of_work() as ctx:
        await _need_free(ctx, connection, identity)
        await _begin(ctx, msgspec.structs.replace(connection, identity=identity))
    try:
        yield
    finally:
        async with unit_of_work() as ctx:
            table = pending_connections
            own = delete(table).where(table.c.bot_id == connection.bot_id)
            await ctx.db.execute(own.where(table.c.channel == connection.channel))


async def _need_free(ctx: Ctx, connection: Connection, identity: Identity) -> None:
    """409 names the bot that has this identity."""
    channel = connection.channel
    await queries.hold_identity(await ctx.driver(), channel, identity.id)
    other = await queries.holder(ctx.db, channel, identity.id)
    if other is not None and other.bot_id != connection.bot_id:
        raise errors.Conflict(
            "already_connected", name=identity.name or identity.id, bot=other.bot_name
        )
    made = [_opened(sealed) for sealed in await queries.pending(ctx.db, channel, ctx.now)]
    if any(one.identity is not None and one.identity.id == identity.id for one in made):
        raise _busy(channel)


async def _begin(ctx: Ctx, connection: Connection) -> None:
    table = pending_connections
    key = {"bot_id": connection.bot_id, "channel": connection.channel}
    values = {
        "connection": instance.vault().seal(msgspec.json.encode(connection).decode()),
        "until": ctx.now + LIFE,
    }
    made = insert(table).values(**key, **values)
    made = made.on_conflict_do_update(
        index_elements=list(key), set_=values, where=table.c.until <= ctx.now
    )
    if not (await ctx.db.execute(made)).rowcount:
        raise _busy(connection.channel)


def _busy(channel: str) -> errors.Problem:
    title = provider_of(channel).title
    return errors.Conflict("channel_busy", headers={"Retry-After": "5"}, channel=title)


async def find(bot_id: int, channel: str) -> Connection | None:
    """The connection that is being made for a bot's channel right now."""
    async with unit_of_work() as ctx:
        sealed = await queries.pending(ctx.db, channel, clock.now(), bot_id=bot_id)
    return _opened(sealed[0]) if sealed else None


def _opened(sealed: str) -> Connection:
    return msgspec.json.decode(instance.vault().open(sealed), type=Connection)
