"""Every SELECT of accounts at providers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.contracts.provider import SentPart
from connective.kit.auth_policy import Actor, predicate
from connective.kit.db.rows import AnyRow
from connective.kit.outbox.models import deliveries, endpoints
from connective.modules.bots.models import bots
from connective.modules.channels.models import (
    channel_accounts,
    channel_events,
    pending_connections,
)

_ROW = (
    select(
        channel_accounts,
        bots.c.name.label("bot_name"),
        endpoints.c.status.label("endpoint_status"),
        endpoints.c.version.label("endpoint_version"),
    )
    .join(bots, bots.c.id == channel_accounts.c.bot_id)
    .join(endpoints, endpoints.c.id == channel_accounts.c.endpoint_id)
)
_LIVE = channel_accounts.c.deleted_at.is_(None)


async def listed(
    db: AsyncConnection,
    actor: Actor,
    *,
    types: Sequence[str],
    bot_id: int | None,
    after: int,
    limit: int,
) -> Sequence[AnyRow]:
    """Accounts that the actor sees, in the order in which they were made."""
    query = (
        _ROW.where(
            _LIVE,
            channel_accounts.c.id > after,
            channel_accounts.c.channel.in_(types),
            predicate(actor, "channels.view", channel_accounts),
        )
        .where(bots.c.archived_at.is_(None))
        .order_by(channel_accounts.c.id)
        .limit(limit + 1)
    )
    if bot_id is not None:
        query = query.where(channel_accounts.c.bot_id == bot_id)
    return (await db.execute(query)).all()


async def one(
    db: AsyncConnection, *which: ColumnElement[bool], lock: bool = False
) -> AnyRow | None:
    """An account that is not deleted."""
    query = _ROW.where(_LIVE, *which)
    if lock:
        query = query.with_for_update(of=channel_accounts)
    return (await db.execute(query)).one_or_none()


async def by_id(db: AsyncConnection, number: int, *, lock: bool = False) -> AnyRow | None:
    return await one(db, channel_accounts.c.id == number, lock=lock)


async def of_endpoint(db: AsyncConnection, number: int) -> AnyRow | None:
    return await one(db, channel_accounts.c.endpoint_id == number, lock=True)


async def ever(db: AsyncConnection, bot_id: int, channel: str) -> AnyRow | None:
    """The account of a bot in a channel, a deleted one too: its chats are still there."""
    account = channel_accounts.c
    query = _ROW.where(account.bot_id == bot_id, account.channel == channel)
    return (await db.execute(query.with_for_update(of=channel_accounts))).one_or_none()


_IDENTITY = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))"


async def hold_identity(driver: Any, channel: str, provider_id: str) -> None:
    """Nobody else connects this identity until the end of the transaction."""
    await driver.execute(_IDENTITY, f"channel {channel} {provider_id}")


async def holder(db: AsyncConnection, channel: str, provider_id: str) -> AnyRow | None:
    """Who has this identity at the provider."""
    account = channel_accounts.c
    return await one(db, account.channel == channel, account.provider_id == provider_id)


async def running(db: AsyncConnection, types: Sequence[str]) -> Sequence[AnyRow]:
    """Accounts that have to be looked after: those that work, and those that should."""
    query = _ROW.where(
        _LIVE,
        channel_accounts.c.channel.in_(types),
        channel_accounts.c.status.in_(("active", "error")),
        bots.c.archived_at.is_(None),
    )
    return (await db.execute(query.order_by(channel_accounts.c.id))).all()


async def last_in(db: AsyncConnection, account_id: int, limit: int) -> Sequence[AnyRow]:
    query = select(channel_events).where(channel_events.c.account_id == account_id)
    return (await db.execute(query.order_by(channel_events.c.id.desc()).limit(limit))).all()


async def last_out(db: AsyncConnection, endpoint_id: int, limit: int) -> Sequence[AnyRow]:
    """The last calls of an endpoint in the ledger."""
    call = deliveries.c
    query = select(
        call.created_at, call.done_at, call.event_name, call.chat_id, call.status, call.body,
        call.last_error,
    ).where(call.endpoint_id == endpoint_id)  # fmt: skip
    return (
        await db.execute(query.order_by(call.created_at.desc(), call.id.desc()).limit(limit))
    ).all()


async def last_chat(db: AsyncConnection, account_id: int) -> str:
    """The chat that wrote last; empty when none of the kept calls was of a chat."""
    query = select(channel_events.c.chat_id).where(
        channel_events.c.account_id == account_id, channel_events.c.chat_id != ""
    )
    found = await db.execute(query.order_by(channel_events.c.id.desc()).limit(1))
    return found.scalar_one_or_none() or ""


# The ids below which an account's calls are no longer kept.
_OLD = """
SELECT a.account_id, (
  SELECT e.id FROM channel_events e WHERE e.account_id = a.account_id
  ORDER BY e.id DESC OFFSET $1 LIMIT 1) AS last
FROM (SELECT DISTINCT account_id FROM channel_events) a
"""


async def beyond(driver: Any, kept: int) -> dict[int, int]:
    """By account: the newest call that is one too many."""
    rows = await driver.fetch(_OLD, kept)
    return {row["account_id"]: row["last"] for row in rows if row["last"] is not None}


# The calls that brought a message of ours, and what the provider named each, in their order.
_PARTS = """
SELECT body, provider_id FROM deliveries
WHERE endpoint_id = $1 AND lane = $2 AND message_id = $3 AND status = 'delivered'
  AND provider_id IS NOT NULL
ORDER BY sequence
"""


async def parts(driver: Any, endpoint_id: int, lane: str, message_id: int) -> list[SentPart]:
    rows = await driver.fetch(_PARTS, endpoint_id, lane, message_id)
    return [SentPart(row["body"], row["provider_id"].split(",")) for row in rows]


async def states(db: AsyncConnection, types: Sequence[str]) -> dict[str, int]:
    """How many accounts there are of each status."""
    account = channel_accounts.c
    query = select(account.status, func.count().label("number")).where(
        _LIVE, account.channel.in_(types)
    )
    found = (await db.execute(query.group_by(account.status))).all()
    return {row.status: row.number for row in found}


async def pending(
    db: AsyncConnection, channel: str, now: datetime, *, bot_id: int | None = None
) -> list[str]:
    """The sealed connections of a channel that are being made, of a bot or of all."""
    table = pending_connections.c
    query = select(table.connection).where(table.channel == channel, table.until > now)
    if bot_id is not None:
        query = query.where(table.bot_id == bot_id)
    return list((await db.execute(query)).scalars())
