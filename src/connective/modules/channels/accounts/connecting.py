"""Connects accounts, changes them and takes them off: what is read, asked and written in turn.

The provider is asked between two transactions, so that its slowness holds no row, and before
anything is written, so that a wrong credential leaves all as it was.
"""

from connective.contracts.provider import Connection
from connective.kit.http import Edge
from connective.modules.channels.accounts import providers, service
from connective.modules.channels.accounts.schemas import (
    ChannelAccount,
    ChannelPatch,
    NewChannel,
)


async def create(edge: Edge, new: NewChannel) -> ChannelAccount:
    """Connect a bot to a channel: ask who we are, have events sent to us, keep it."""
    async with edge.work() as ctx:
        connection = await service.planned(ctx, new)
    async with providers.connected(connection) as identity, edge.work() as ctx:
        return await service.create(ctx, new, connection, identity)


async def change(edge: Edge, number: int, patch: ChannelPatch) -> ChannelAccount:
    """Change an account; new credentials, address, mode or settings are tried with the provider."""
    async with edge.work() as ctx:
        old, new = await service.wanted(ctx, number, patch)
        if not service.differs(old, new):
            return await service.change(ctx, number, patch)
    async with providers.connected(new) as identity, edge.work() as ctx:
        changed = await service.change(ctx, number, patch, agreed=(new, identity))
    if old.identity is not None and identity.id != old.identity.id:
        await providers.left(old)
    return changed


async def connect(edge: Edge, number: int) -> ChannelAccount:
    """Connect anew with what is kept."""
    async with edge.work() as ctx:
        connection = await service.kept(ctx, number)
    async with providers.connected(connection) as identity, edge.work() as ctx:
        return await service.connect(ctx, number, connection, identity)


async def check(edge: Edge, number: int) -> ChannelAccount:
    """Ask the provider whether it still works, and keep the answer."""
    async with edge.work() as ctx:
        row = await service.own(ctx, number, "channels.edit")
        connection = service.connection(row)
    verdict = await providers.judged(connection)
    async with edge.work() as ctx:
        await service.judge(ctx, number, connection, verdict)
        return await service.get(ctx, number)


async def disconnect(edge: Edge, number: int) -> ChannelAccount:
    """Have no more events sent; chats and credentials stay."""
    async with edge.work() as ctx:
        connection = await service.disconnect(ctx, number)
    await _leave(edge, number, connection)
    async with edge.work() as ctx:
        return await service.get(ctx, number)


async def remove(edge: Edge, number: int) -> None:
    """Disconnect, and forget the credentials; the chats stay with their history."""
    async with edge.work() as ctx:
        connection = await service.remove(ctx, number)
    await _leave(edge, number, connection)


async def _leave(edge: Edge, number: int, connection: Connection | None) -> None:
    """We take nothing from here on; that the provider would not hear of it is shown."""
    fault = await providers.left(connection) if connection is not None else None
    if fault is not None:
        async with edge.work() as ctx:
            await service.note_fault(ctx, number, fault)
