"""Every SELECT of what is said in requests."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit import auth_policy
from connective.kit.auth_policy import Actor
from connective.kit.db.rows import AnyRow
from connective.modules.accounts.models import roles, users
from connective.modules.bots.models import bots
from connective.modules.channels.models import channel_accounts
from connective.modules.dialogs.models import messages
from connective.modules.operators.models import operators
from connective.modules.requests.models import requests, sent_once

HISTORY = "requests.history"


async def conversation(
    db: AsyncConnection,
    actor: Actor,
    dialog_id: int,
    *,
    before: int | None,
    after: int | None,
    limit: int,
) -> Sequence[AnyRow]:
    """Messages of a dialog by rising seq: the last ones, those before, or those after a place.

    What was said in a request that the actor's bots or topics keep from him is left out.
    """
    query = select(messages).where(messages.c.dialog_id == dialog_id).limit(limit)
    if actor.topic_ids:
        kept = select(requests.c.id).where(
            requests.c.dialog_id == dialog_id, auth_policy.predicate(actor, HISTORY, requests)
        )
        query = query.where(or_(messages.c.request_id.is_(None), messages.c.request_id.in_(kept)))
    if after is not None:
        query = query.where(messages.c.seq > after).order_by(messages.c.seq)
        return (await db.execute(query)).all()
    if before is not None:
        query = query.where(messages.c.seq < before)
    rows = (await db.execute(query.order_by(messages.c.seq.desc()))).all()
    return rows[::-1]


async def message(db: AsyncConnection, message_id: int) -> AnyRow | None:
    return (await db.execute(select(messages).where(messages.c.id == message_id))).one_or_none()


async def sent_before(db: AsyncConnection, request_id: int, client_msg_id: str) -> int | None:
    """The message that was sent under this id already."""
    query = select(sent_once.c.message_id).where(
        sent_once.c.request_id == request_id, sent_once.c.client_msg_id == client_msg_id
    )
    return (await db.execute(query)).scalar_one_or_none()


async def unread_after(db: AsyncConnection, row: Any, seq: int) -> int:
    """How many messages of the client stand behind a place of his conversation."""
    query = (
        select(func.count())
        .select_from(messages)
        .where(messages.c.dialog_id == row.dialog_id, messages.c.seq > seq)
        .where(messages.c.seq >= row.first_seq, messages.c.direction == "in")
        .where(messages.c.request_id == row.id)
    )
    return int((await db.execute(query)).scalar_one())


async def author(db: AsyncConnection, user_id: int) -> AnyRow | None:
    """What an operator's name is made of."""
    query = (
        select(
            users.c.id,
            users.c.active,
            users.c.first_name,
            users.c.last_name,
            users.c.email,
            roles.c.name.label("role"),
            func.coalesce(operators.c.public_name, "").label("public_name"),
        )
        .join(roles, roles.c.id == users.c.role_id)
        .outerjoin(operators, operators.c.user_id == users.c.id)
        .where(users.c.id == user_id)
    )
    return (await db.execute(query)).one_or_none()


async def bot_name(db: AsyncConnection, bot_id: int) -> str:
    return str((await db.execute(select(bots.c.name).where(bots.c.id == bot_id))).scalar_one())


async def account_enabled(db: AsyncConnection, account_id: int) -> bool:
    """Whether a channel of a bot is switched on."""
    query = select(channel_accounts.c.enabled).where(channel_accounts.c.id == account_id)
    return bool((await db.execute(query)).scalar_one_or_none())
