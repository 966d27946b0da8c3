"""Reads for the cards of channels."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit.db.rows import AnyRow
from connective.modules.bots.models import bots
from connective.modules.channels.models import channel_accounts


async def connected(
    db: AsyncConnection, channel: str, seen: ColumnElement[bool]
) -> Sequence[AnyRow]:
    """Accounts of a channel with the names of their bots."""
    query = (
        select(channel_accounts, bots.c.name.label("bot_name"))
        .join(bots, bots.c.id == channel_accounts.c.bot_id)
        .where(channel_accounts.c.channel == channel, bots.c.archived_at.is_(None), seen)
        .where(channel_accounts.c.endpoint_id.is_not(None), channel_accounts.c.deleted_at.is_(None))
        .order_by(bots.c.name, bots.c.id)
    )
    return (await db.execute(query)).all()
