"""Every SELECT of the connection to eSputnik."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit.auth_policy import Actor, predicate
from connective.kit.db.rows import AnyRow
from connective.kit.paging import PageQuery
from connective.modules.bots.models import bots
from connective.modules.channels.models import channel_accounts
from connective.modules.clients.models import clients, contacts
from connective.modules.dialogs.models import dialogs
from connective.modules.esputnik.models import (
    esputnik_accounts,
    esputnik_changes,
    esputnik_errors,
    esputnik_pushes,
)

ANY_DUE: Final = (
    """
    SELECT true FROM esputnik_pushes WHERE status = 'running' AND next_at <= $1
      AND (leased_until IS NULL OR leased_until <= $1) ORDER BY next_at LIMIT 1
    """,
    """
    SELECT true FROM esputnik_changes c JOIN esputnik_accounts a ON a.bot_id = c.bot_id
    WHERE c.next_at <= $1 AND NOT a.refused ORDER BY c.next_at LIMIT 1
    """,
)
TELEGRAM: Final = "telegram"
OPEN: Final = ("running", "paused")


async def bot(db: AsyncConnection, bot_id: int) -> AnyRow | None:
    """The column that the policy asks for."""
    query = select(bots.c.id.label("bot_id"), bots.c.name)
    query = query.where(bots.c.id == bot_id, bots.c.archived_at.is_(None))
    return (await db.execute(query)).one_or_none()


async def account(db: AsyncConnection, bot_id: int, *, lock: bool = False) -> AnyRow | None:
    query = select(esputnik_accounts).where(esputnik_accounts.c.bot_id == bot_id)
    return (await db.execute(query.with_for_update() if lock else query)).one_or_none()


async def seen(db: AsyncConnection, actor: Actor) -> Sequence[AnyRow]:
    """The connections that an actor sees, with the names of their bots."""
    query = (
        select(esputnik_accounts, bots.c.name)
        .join(bots, bots.c.id == esputnik_accounts.c.bot_id)
        .where(predicate(actor, "esputnik.view", esputnik_accounts), bots.c.archived_at.is_(None))
        .order_by(bots.c.name, bots.c.id)
    )
    return (await db.execute(query)).all()


def _people(bot_id: int) -> Select[Any]:
    """Clients of a bot, each with his chats in its Telegram."""
    telegram = channel_accounts.c.channel == TELEGRAM
    reachable = and_(telegram, contacts.c.subscribed)
    chats = func.array_agg(aggregate_order_by(contacts.c.chat_id, contacts.c.id))
    return (
        select(
            clients.c.id,
            clients.c.first_name,
            clients.c.last_name,
            clients.c.phone,
            clients.c.email,
            clients.c.external_id,
            clients.c.language,
            clients.c.extra_data,
            func.max(contacts.c.display_name).label("display_name"),
            func.max(contacts.c.username).label("username"),
            func.coalesce(chats.filter(reachable), []).label("chat_ids"),
            func.bool_or(telegram).label("telegram"),
            func.bool_or(contacts.c.subscribed).label("subscribed"),
        )
        .join(contacts, contacts.c.client_id == clients.c.id)
        .join(channel_accounts, channel_accounts.c.id == contacts.c.account_id)
        .where(channel_accounts.c.bot_id == bot_id)
        .group_by(clients.c.id)
    )


async def batch(db: AsyncConnection, bot_id: int, *, after: int, limit: int) -> Sequence[AnyRow]:
    """The next clients of a bot by their number."""
    query = _people(bot_id).where(clients.c.id > after).order_by(clients.c.id).limit(limit)
    found: Sequence[AnyRow] = (await db.execute(query)).all()
    return found


async def some(db: AsyncConnection, bot_id: int, ids: Sequence[int]) -> Sequence[AnyRow]:
    """Those of the clients that are the bot's."""
    query = _people(bot_id).where(clients.c.id.in_(ids)).order_by(clients.c.id)
    found: Sequence[AnyRow] = (await db.execute(query)).all()
    return found


async def of_dialog(db: AsyncConnection, dialog_id: int) -> AnyRow | None:
    """The client and the chat of a dialog."""
    query = (
        select(
            clients.c.id,
            clients.c.first_name,
            clients.c.last_name,
            clients.c.phone,
            clients.c.email,
            clients.c.external_id,
            clients.c.language,
            clients.c.extra_data,
            contacts.c.display_name,
            contacts.c.username,
            contacts.c.subscribed,
            dialogs.c.chat_id,
            dialogs.c.channel,
        )
        .select_from(dialogs)
        .join(contacts, contacts.c.id == dialogs.c.contact_id)
        .join(clients, clients.c.id == contacts.c.client_id)
        .where(dialogs.c.id == dialog_id)
    )
    return (await db.execute(query)).one_or_none()


async def total(db: AsyncConnection, bot_id: int) -> int:
    """How many clients a bot has."""
    query = (
        select(func.count(contacts.c.client_id.distinct()))
        .join(channel_accounts, channel_accounts.c.id == contacts.c.account_id)
        .where(channel_accounts.c.bot_id == bot_id)
    )
    return int((await db.execute(query)).scalar_one())


async def push(db: AsyncConnection, push_id: int, *, lock: bool = False) -> AnyRow | None:
    query = select(esputnik_pushes).where(esputnik_pushes.c.id == push_id)
    return (await db.execute(query.with_for_update() if lock else query)).one_or_none()


async def open_push(db: AsyncConnection, bot_id: int) -> AnyRow | None:
    """The push of a bot that runs or is paused."""
    query = select(esputnik_pushes).where(
        esputnik_pushes.c.bot_id == bot_id, esputnik_pushes.c.status.in_(OPEN)
    )
    return (await db.execute(query)).one_or_none()


async def pushes(db: AsyncConnection, bot_id: int, asked: PageQuery) -> list[Any]:
    """Pushes of a bot, the newest first."""
    query = select(esputnik_pushes).where(esputnik_pushes.c.bot_id == bot_id)
    if after := asked.after(int):
        query = query.where(esputnik_pushes.c.id < after[0])
    query = query.order_by(esputnik_pushes.c.id.desc()).limit(asked.limit + 1)
    return list((await db.execute(query)).all())


async def due_push(db: AsyncConnection, now: datetime) -> AnyRow | None:
    """A push whose next batch is due and that nobody works on, locked."""
    row = esputnik_pushes.c
    query = (
        select(esputnik_pushes)
        .where(row.status == "running", row.next_at <= now)
        .where(or_(row.leased_until.is_(None), row.leased_until <= now))
        .order_by(row.next_at, row.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return (await db.execute(query)).one_or_none()


async def errors_of(db: AsyncConnection, push_id: int, *, limit: int) -> Sequence[AnyRow]:
    """Clients that could not be pushed, in order."""
    query = select(esputnik_errors).where(esputnik_errors.c.push_id == push_id)
    return (await db.execute(query.order_by(esputnik_errors.c.id).limit(limit))).all()


async def telling(db: AsyncConnection, client_ids: Sequence[int]) -> Sequence[AnyRow]:
    """(bot, client) of those changed clients whose bots tell changes."""
    query = (
        select(channel_accounts.c.bot_id, contacts.c.client_id)
        .join(channel_accounts, channel_accounts.c.id == contacts.c.account_id)
        .join(esputnik_accounts, esputnik_accounts.c.bot_id == channel_accounts.c.bot_id)
        .where(contacts.c.client_id.in_(client_ids), esputnik_accounts.c.push_changes)
        .distinct()
        .order_by(channel_accounts.c.bot_id, contacts.c.client_id)
    )
    return (await db.execute(query)).all()


async def due_changes(db: AsyncConnection, now: datetime, *, limit: int) -> Sequence[AnyRow]:
    """Changes of one bot that are due, locked; those of a refused key wait."""
    row = esputnik_changes.c
    first = (
        select(row.bot_id)
        .join(esputnik_accounts, esputnik_accounts.c.bot_id == row.bot_id)
        .where(row.next_at <= now, esputnik_accounts.c.refused.is_(False))
        .order_by(row.next_at)
        .limit(1)
        .scalar_subquery()
    )
    query = (
        select(esputnik_changes)
        .where(row.bot_id == first, row.next_at <= now)
        .order_by(row.client_id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return (await db.execute(query)).all()


async def changes(db: AsyncConnection, bot_id: int) -> AnyRow:
    """How many changes wait, and how many have failed."""
    waits = esputnik_changes.c.next_at.is_not(None)
    query = select(
        func.count().filter(waits).label("waiting"), func.count().filter(~waits).label("failed")
    ).where(esputnik_changes.c.bot_id == bot_id)
    return (await db.execute(query)).one()


async def standing(db: AsyncConnection) -> Mapping[str, Any]:
    """What System Status tells: connections, refused ones, pushes and how far they are."""
    row = esputnik_pushes.c
    running = row.status == "running"
    done = row.sent + row.skipped + row.failed
    found = select(
        func.count().filter(running).label("running"),
        func.coalesce(func.sum(done).filter(running), 0).label("done"),
        func.coalesce(func.sum(row.total).filter(running), 0).label("total"),
        func.count().filter(row.status == "stopped").label("stopped"),
    )
    numbers = (await db.execute(found)).mappings().one()
    accounts = select(
        func.count().label("bots"),
        func.count().filter(esputnik_accounts.c.refused).label("refused"),
    )
    whole = (await db.execute(accounts.select_from(esputnik_accounts))).mappings().one()
    return {**numbers, **whole}
