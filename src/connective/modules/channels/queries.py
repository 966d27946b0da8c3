"""Every SELECT of the channels module."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit.db.rows import AnyRow
from connective.kit.outbox.models import endpoints
from connective.modules.bots.models import bots
from connective.modules.channels.models import channel_accounts

_ENDPOINT = (
    endpoints.c.url,
    endpoints.c.access_token,
    endpoints.c.secret,
    endpoints.c.old_secret,
    endpoints.c.old_secret_until,
    endpoints.c.timeout_s,
    endpoints.c.order_hold_min,
    endpoints.c.status.label("endpoint_status"),
    endpoints.c.last_success_at,
    endpoints.c.failing_since,
    endpoints.c.warned_at,
    endpoints.c.last_error.label("endpoint_error"),
)


async def of_bot(
    db: AsyncConnection, bot_id: int, channel: str, *, lock: bool = False
) -> AnyRow | None:
    """A bot's account in a channel, with its endpoint."""
    account = channel_accounts.c
    query = (
        select(channel_accounts, *_ENDPOINT)
        .join(endpoints, endpoints.c.id == account.endpoint_id)
        .where(account.bot_id == bot_id, account.channel == channel)
        .where(account.deleted_at.is_(None))
    )
    if lock:
        query = query.with_for_update(of=channel_accounts)
    return (await db.execute(query)).one_or_none()


async def key_of(db: AsyncConnection, account_id: int) -> AnyRow | None:
    """The bot and the channel of an account."""
    account = channel_accounts.c
    query = select(account.bot_id, account.channel).where(account.id == account_id)
    return (await db.execute(query)).one_or_none()


async def bot(db: AsyncConnection, bot_id: int, *, lock: bool = False) -> AnyRow | None:
    """The columns that the policy asks for, and the bot's name."""
    found = select(bots.c.id, bots.c.id.label("bot_id"), bots.c.name)
    found = found.where(bots.c.id == bot_id, bots.c.archived_at.is_(None))
    return (await db.execute(found.with_for_update() if lock else found)).one_or_none()


async def of_bots(db: AsyncConnection, bot_ids: Sequence[int]) -> Sequence[AnyRow]:
    """Accounts of many bots, for the list of bots."""
    query = (
        select(channel_accounts, *_ENDPOINT)
        .join(endpoints, endpoints.c.id == channel_accounts.c.endpoint_id)
        .where(channel_accounts.c.bot_id.in_(bot_ids), channel_accounts.c.deleted_at.is_(None))
        .order_by(channel_accounts.c.id)
    )
    return (await db.execute(query)).all()
