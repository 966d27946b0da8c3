"""Every SELECT of the Messenger."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit import auth_policy
from connective.kit.auth_policy import Actor
from connective.kit.db.rows import AnyRow
from connective.kit.db.storable import storable
from connective.kit.outbox.models import endpoints
from connective.modules.channels.models import channel_accounts
from connective.modules.messenger.models import catchers, caught

_SECRETS = (endpoints.c.secret, endpoints.c.old_secret, endpoints.c.old_secret_until)


async def by_code(db: AsyncConnection, code: str, *, lock: bool = False) -> AnyRow | None:
    if not storable(code):
        return None
    query = select(catchers).where(catchers.c.code == code)
    return (await db.execute(query.with_for_update() if lock else query)).one_or_none()


async def of_bot(db: AsyncConnection, bot_id: int) -> AnyRow | None:
    query = select(catchers).where(catchers.c.bot_id == bot_id)
    return (await db.execute(query)).one_or_none()


async def listed(db: AsyncConnection, actor: Actor, limit: int) -> Sequence[AnyRow]:
    query = select(catchers).where(auth_policy.predicate(actor, "messenger.use", catchers))
    return (await db.execute(query.order_by(catchers.c.id.desc()).limit(limit))).all()


async def caught_since(
    db: AsyncConnection, catcher_id: int, since: int, limit: int
) -> Sequence[AnyRow]:
    """What was caught after that id, oldest first."""
    query = select(caught).where(caught.c.catcher_id == catcher_id, caught.c.id > since)
    return (await db.execute(query.order_by(caught.c.id).limit(limit))).all()


async def oldest_kept(db: AsyncConnection, catcher_id: int, keep: int) -> int | None:
    """The id of the last of the newest `keep`; nothing while there are fewer."""
    query = select(caught.c.id).where(caught.c.catcher_id == catcher_id)
    query = query.order_by(caught.c.id.desc()).offset(keep - 1).limit(1)
    return (await db.execute(query)).scalar_one_or_none()


async def secrets_of_address(db: AsyncConnection, url: str) -> Sequence[AnyRow]:
    """The sealed signing secrets of our endpoints with this address."""
    query = select(*_SECRETS).where(endpoints.c.url == url).limit(20)
    return (await db.execute(query)).all()


async def door(db: AsyncConnection, bot_id: int) -> AnyRow | None:
    """The sealed secrets that a call to the bot's custom channel is proven by."""
    query = (
        select(channel_accounts.c.settings, *_SECRETS)
        .join(endpoints, endpoints.c.id == channel_accounts.c.endpoint_id)
        .where(channel_accounts.c.bot_id == bot_id, channel_accounts.c.channel == "custom_channel")
    )
    return (await db.execute(query)).one_or_none()
