"""Every SELECT of the module."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, func, literal, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit import auth_policy
from connective.kit.auth_policy import Actor
from connective.kit.db.metadata import Moment
from connective.kit.db.rows import AnyRow
from connective.kit.paging import PageQuery
from connective.modules.bots.models import bots
from connective.modules.channels.models import channel_accounts
from connective.modules.links.models import link_days, links

SORTS = ("created_at", "starts", "clicks")
_FOUND = """
SELECT code, bot_id, node_id, payload::text AS payload, utm::text AS utm, label, expires_at
FROM links WHERE code = $1 AND NOT entry
"""
_CLICK = """
SELECT payload::text AS payload, utm::text AS utm, text, address
FROM link_clicks WHERE id = $1 AND code = $2
"""


async def opened(driver: Any, code: str) -> Any:
    """The Link that a client came by."""
    return await driver.fetchrow(_FOUND, code)


async def click(driver: Any, click_id: str, code: str) -> Any:
    """What the visitor of a link's page brought along."""
    return await driver.fetchrow(_CLICK, click_id, code)


async def by_code(db: AsyncConnection, code: str, *, lock: bool = False) -> AnyRow | None:
    query = select(links).where(links.c.code == code)
    return (await db.execute(query.with_for_update() if lock else query)).one_or_none()


async def listed(
    db: AsyncConnection,
    actor: Actor,
    asked: PageQuery,
    *,
    bot_id: int | None,
    channel: str | None,
    node_id: int | None,
    search: str | None,
) -> list[AnyRow]:
    """One more row than the page holds; `sort_key` is what the cursor is made of."""
    name = (asked.sort or "-created_at").lstrip("-")
    down = (asked.sort or "-").startswith("-")
    key: ColumnElement[Any] = links.c[name]
    query = select(links, key.label("sort_key")).where(
        auth_policy.predicate(actor, "links.view", links)
    )
    for column, value in (
        (links.c.bot_id, bot_id),
        (links.c.channel, channel),
        (links.c.node_id, node_id),
    ):
        if value is not None:
            query = query.where(column == value)
    if search:
        found = links.c.label.icontains(search, autoescape=True)
        query = query.where(found | (links.c.code == search.removeprefix("l_")))
    if (last := asked.after(datetime if name == "created_at" else int, str)) is not None:
        place = literal(last[0], Moment) if name == "created_at" else literal(last[0])
        here = tuple_(key, links.c.code)
        there = tuple_(place, literal(last[1]))
        query = query.where(here < there if down else here > there)
    order = (key.desc(), links.c.code.desc()) if down else (key, links.c.code)
    return list((await db.execute(query.order_by(*order).limit(asked.limit + 1))).all())


async def bot(db: AsyncConnection, bot_id: int) -> AnyRow | None:
    """The columns that the policy asks for, and the bot's name."""
    found = select(bots.c.id, bots.c.id.label("bot_id"), bots.c.name)
    found = found.where(bots.c.id == bot_id, bots.c.archived_at.is_(None))
    return (await db.execute(found)).one_or_none()


async def zone(db: AsyncConnection, bot_id: int) -> str:
    """The time zone that the bot's days are counted in."""
    return str((await db.execute(select(bots.c.timezone).where(bots.c.id == bot_id))).scalar_one())


async def days(db: AsyncConnection, code: str, first: date, last: date) -> Sequence[AnyRow]:
    """The days of a link on which anything happened."""
    found = select(link_days).where(link_days.c.code == code, link_days.c.day.between(first, last))
    return (await db.execute(found)).all()


async def accounts(db: AsyncConnection, bot_ids: Sequence[int]) -> Sequence[AnyRow]:
    """How the channels of bots are known in public."""
    found = select(
        channel_accounts.c.bot_id,
        channel_accounts.c.channel,
        channel_accounts.c.enabled,
        channel_accounts.c.name,
        channel_accounts.c.identity,
        bots.c.name.label("bot_name"),
    ).join(bots, bots.c.id == channel_accounts.c.bot_id)
    found = found.where(
        channel_accounts.c.bot_id.in_(bot_ids), channel_accounts.c.deleted_at.is_(None)
    ).order_by(channel_accounts.c.id)
    return (await db.execute(found)).all()


async def by_channel(db: AsyncConnection, bot_id: int, *, at: datetime) -> dict[str, int]:
    """How many links of a bot lead to each channel, of those that have not expired."""
    query = select(links.c.channel, func.count()).where(links.c.bot_id == bot_id)
    query = query.where(links.c.expires_at.is_(None) | (links.c.expires_at > at))
    found = await db.execute(query.group_by(links.c.channel).order_by(links.c.channel))
    return {channel: int(count) for channel, count in found}


async def bots_with_links(db: AsyncConnection, actor: Actor) -> Sequence[AnyRow]:
    """Bots whose links the actor sees, with the moment of the last start."""
    mine = (links.c.bot_id == bots.c.id, auth_policy.predicate(actor, "links.view", links))
    last = select(func.max(links.c.last_start_at)).where(*mine).scalar_subquery()
    query = (
        select(bots.c.id.label("bot_id"), bots.c.name, last.label("last_start_at"))
        .where(exists().where(*mine), bots.c.archived_at.is_(None))
        .order_by(bots.c.name)
    )
    return (await db.execute(query)).all()
