"""Every SELECT of the broadcasts module."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, any_, bindparam, func, literal, or_, select, true, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit import auth_policy
from connective.kit.auth_policy import Actor
from connective.kit.db.metadata import Moment
from connective.kit.db.rows import AnyRow
from connective.kit.paging import PageQuery
from connective.modules.bots.models import bots
from connective.modules.broadcasts.models import (
    broadcast_messages,
    broadcasts,
    message_templates,
)
from connective.modules.channels.models import channel_accounts
from connective.modules.clients.models import clients, contacts
from connective.modules.dialogs.models import dialogs, messages

MOST_COUNTED = 10_000
ANY_DUE = "SELECT min(send_at) <= $1 FROM broadcast_messages WHERE status = 'scheduled'"
_MADE = (
    select(literal(1))
    .where(broadcast_messages.c.template_id == message_templates.c.id)
    .correlate(message_templates)
    .limit(MOST_COUNTED)
    .subquery()
)
_USED = select(func.count()).select_from(_MADE).scalar_subquery().label("used")
_BLOCKED = and_(
    contacts.c.blocked_at.is_not(None),
    or_(
        contacts.c.blocked_until.is_(None),
        contacts.c.blocked_until > bindparam("now", type_=Moment),
    ),
).label("blocked")
# What became of the message is told by its dialog; before that, and when it never went, by us.
_STATUS = func.coalesce(messages.c.status, broadcast_messages.c.status).label("status")
_ERROR = func.coalesce(broadcast_messages.c.error, messages.c.error).label("error")


async def templates(
    db: AsyncConnection,
    actor: Actor,
    asked: PageQuery,
    *,
    search: str | None,
    active: bool | None,
    bot_id: int | None,
) -> Sequence[AnyRow]:
    """Templates that the actor may see, by name."""
    query = select(message_templates, _USED).where(message_templates.c.archived_at.is_(None))
    query = query.where(auth_policy.predicate(actor, "broadcasts.view", message_templates))
    if search:
        query = query.where(
            message_templates.c.name_key.contains(search.casefold(), autoescape=True)
        )
    if active is not None:
        query = query.where(message_templates.c.active.is_(active))
    if bot_id is not None:
        any_bot = func.cardinality(message_templates.c.bot_ids) == 0
        query = query.where(any_bot | (bot_id == any_(message_templates.c.bot_ids)))
    key = tuple_(message_templates.c.name_key, message_templates.c.id)
    last = asked.after(str, int)
    if last is not None:
        query = query.where(key > last)
    query = query.order_by(message_templates.c.name_key, message_templates.c.id)
    return (await db.execute(query.limit(asked.limit + 1))).all()


async def template(db: AsyncConnection, template_id: int, *, lock: bool = False) -> AnyRow | None:
    query: Select[Any] = select(message_templates, _USED).where(
        message_templates.c.id == template_id, message_templates.c.archived_at.is_(None)
    )
    if lock:
        query = query.with_for_update(of=message_templates)
    found: AnyRow | None = (await db.execute(query)).one_or_none()
    return found


async def waiting(db: AsyncConnection, template_id: int) -> int:
    """Messages of a template that are still to go out."""
    query = select(func.count()).where(
        broadcast_messages.c.template_id == template_id,
        broadcast_messages.c.status == "scheduled",
    )
    return int((await db.execute(query)).scalar_one())


async def bot(db: AsyncConnection, bot_id: int) -> AnyRow | None:
    query = select(
        bots.c.id, bots.c.id.label("bot_id"), bots.c.name, bots.c.languages, bots.c.timezone
    )
    query = query.where(bots.c.id == bot_id, bots.c.archived_at.is_(None))
    return (await db.execute(query)).one_or_none()


async def contacts_of_phone(
    db: AsyncConnection, bot_id: int, phone: str, *, now: datetime
) -> Sequence[AnyRow]:
    """Where a bot knows the owner of a number, whoever wrote last first."""
    query = (
        select(
            contacts.c.id,
            contacts.c.chat_id,
            contacts.c.account_id,
            contacts.c.subscribed,
            _BLOCKED,
            channel_accounts.c.channel,
            channel_accounts.c.enabled,
        )
        .join(clients, clients.c.id == contacts.c.client_id)
        .join(channel_accounts, channel_accounts.c.id == contacts.c.account_id)
        .join(dialogs, dialogs.c.contact_id == contacts.c.id)
        .where(clients.c.phone == phone, channel_accounts.c.bot_id == bot_id)
        .order_by(dialogs.c.last_message_at.desc().nulls_last(), contacts.c.id.desc())
    )
    return (await db.execute(query, {"now": now})).all()


async def contact(db: AsyncConnection, contact_id: int) -> AnyRow:
    """Where a contact is, and its bot."""
    query = (
        select(contacts.c.chat_id, contacts.c.account_id, bots.c.name, bots.c.languages)
        .join(channel_accounts, channel_accounts.c.id == contacts.c.account_id)
        .join(bots, bots.c.id == channel_accounts.c.bot_id)
        .where(contacts.c.id == contact_id)
    )
    return (await db.execute(query)).one()


async def made_since(db: AsyncConnection, since: datetime) -> int:
    query = select(func.count()).where(broadcast_messages.c.created_at >= since)
    return int((await db.execute(query)).scalar_one())


async def of_dedupe(db: AsyncConnection, bot_id: int, dedupe: str) -> AnyRow | None:
    query = select(broadcast_messages).where(
        broadcast_messages.c.bot_id == bot_id, broadcast_messages.c.dedupe == dedupe
    )
    return (await db.execute(query)).one_or_none()


async def api_broadcast(db: AsyncConnection, template_id: int, bot_id: int) -> int:
    query = select(broadcasts.c.id).where(
        broadcasts.c.kind == "api",
        broadcasts.c.template_id == template_id,
        broadcasts.c.bot_id == bot_id,
    )
    return int((await db.execute(query)).scalar_one())


async def due(db: AsyncConnection, now: datetime, limit: int) -> Sequence[AnyRow]:
    """Messages whose time has come, locked; those that another process has are passed over."""
    query = (
        select(broadcast_messages)
        .where(broadcast_messages.c.status == "scheduled", broadcast_messages.c.send_at <= now)
        .order_by(broadcast_messages.c.send_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return (await db.execute(query)).all()


async def of_messages(db: AsyncConnection, message_ids: Sequence[int]) -> Sequence[AnyRow]:
    """The messages by template among messages, with other channels left, locked by rising id."""
    query = (
        select(broadcast_messages)
        .where(broadcast_messages.c.message_id.in_(message_ids))
        .where(func.cardinality(broadcast_messages.c.left) > 0)
        .order_by(broadcast_messages.c.id)
        .with_for_update()
    )
    return (await db.execute(query)).all()


def _sent() -> Select[Any]:
    return (
        select(
            *(
                broadcast_messages.c[name]
                for name in (
                    *("id", "broadcast_id", "bot_id", "template_id", "phone", "channel"),
                    *("send_at", "created_at"),
                )
            ),
            message_templates.c.name.label("template_name"),
            _STATUS,
            _ERROR,
        )
        .join(message_templates, message_templates.c.id == broadcast_messages.c.template_id)
        .outerjoin(messages, messages.c.id == broadcast_messages.c.message_id)
    )


async def sent(db: AsyncConnection, number: int) -> AnyRow | None:
    query = _sent().where(broadcast_messages.c.id == number)
    found: AnyRow | None = (await db.execute(query)).one_or_none()
    return found


async def list_sent(
    db: AsyncConnection,
    actor: Actor,
    asked: PageQuery,
    *,
    template_id: int | None,
    phone: str | None,
) -> Sequence[AnyRow]:
    """Messages by template of the actor's bots, the latest first."""
    query = _sent().where(auth_policy.predicate(actor, "broadcasts.send", broadcast_messages))
    if template_id is not None:
        query = query.where(broadcast_messages.c.template_id == template_id)
    if phone is not None:
        query = query.where(broadcast_messages.c.phone == phone)
    last = asked.after(int)
    if last is not None:
        query = query.where(broadcast_messages.c.id < last[0])
    query = query.order_by(broadcast_messages.c.id.desc()).limit(asked.limit + 1)
    found: Sequence[AnyRow] = (await db.execute(query)).all()
    return found


async def sent_from_outside(
    db: AsyncConnection, actor: Actor, *, since: datetime
) -> Sequence[AnyRow]:
    """Templates with their messages: the last of each, and how those since a moment went."""
    error = func.coalesce(broadcast_messages.c.error, messages.c.error)
    mine = auth_policy.predicate(actor, "broadcasts.send", broadcast_messages)
    last = (
        select(broadcast_messages.c.created_at.label("last_at"), error.label("error"))
        .outerjoin(messages, messages.c.id == broadcast_messages.c.message_id)
        .where(broadcast_messages.c.template_id == message_templates.c.id, mine)
        .order_by(broadcast_messages.c.id.desc())
        .limit(1)
        .lateral("last")
    )
    lately = (
        select(
            broadcast_messages.c.template_id,
            func.count().label("calls"),
            func.count(error).label("failed"),
        )
        .outerjoin(messages, messages.c.id == broadcast_messages.c.message_id)
        .where(broadcast_messages.c.created_at >= since, mine)
        .group_by(broadcast_messages.c.template_id)
        .subquery()
    )
    query = (
        select(
            message_templates.c.id,
            message_templates.c.name,
            message_templates.c.active,
            last.c.last_at,
            last.c.error,
            func.coalesce(lately.c.calls, 0).label("calls"),
            func.coalesce(lately.c.failed, 0).label("failed"),
        )
        .select_from(message_templates)
        .join(last, true())
        .outerjoin(lately, lately.c.template_id == message_templates.c.id)
        .where(auth_policy.predicate(actor, "broadcasts.view", message_templates))
        .order_by(message_templates.c.id)
    )
    return (await db.execute(query)).all()
