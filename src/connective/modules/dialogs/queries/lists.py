"""Dialogs as the actor sees them: lists, counts, one of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, literal, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit import auth_policy
from connective.kit.auth_policy import Actor
from connective.kit.db.metadata import Moment
from connective.kit.db.rows import AnyRow
from connective.kit.paging import PageQuery
from connective.modules.clients.models import clients, contacts
from connective.modules.dialogs.models import dialogs, messages

_LIST = (
    dialogs.c.id,
    dialogs.c.bot_id,
    dialogs.c.channel,
    dialogs.c.chat_id,
    dialogs.c.client_id,
    dialogs.c.owner,
    dialogs.c.waiting,
    dialogs.c.node_id,
    dialogs.c.run_id,
    dialogs.c.parked,
    dialogs.c.deadline_at,
    dialogs.c.language,
    dialogs.c.last_message_at,
    dialogs.c.created_at,
    contacts.c.display_name,
    contacts.c.username,
    contacts.c.origin,
    clients.c.first_name,
    clients.c.last_name,
    clients.c.phone,
    clients.c.email,
    clients.c.external_id,
    messages.c.text.label("last_text"),
    messages.c.kind.label("last_kind"),
    messages.c.direction.label("last_direction"),
)


async def listed(
    db: AsyncConnection,
    actor: Actor,
    asked: PageQuery,
    *,
    bot_id: int | None = None,
    waiting: str | None = None,
    owner: str | None = None,
    since: datetime | None = None,
    search: str | None = None,
    tags: Mapping[str, str | None],
) -> Sequence[AnyRow]:
    """Dialogs that the actor sees, the latest spoken in first."""
    query = (
        _described()
        .where(auth_policy.predicate(actor, "dialogs.view", dialogs))
        .where(dialogs.c.last_message_at.is_not(None))
        .order_by(dialogs.c.last_message_at.desc(), dialogs.c.id.desc())
        .limit(asked.limit + 1)
    )
    if bot_id is not None:
        query = query.where(dialogs.c.bot_id == bot_id)
    if waiting is not None:
        query = query.where(dialogs.c.waiting == waiting)
    if owner is not None:
        query = query.where(dialogs.c.owner == owner)
    if since is not None:
        query = query.where(dialogs.c.last_message_at >= since)
    if search:
        query = query.where(_matches(search))
    for name, tag in tags.items():
        if tag is not None:
            query = query.where(contacts.c.utm[name].astext == tag)
    if (last := asked.after(datetime, int)) is not None:
        place = tuple_(dialogs.c.last_message_at, dialogs.c.id)
        query = query.where(place < tuple_(literal(last[0], Moment), literal(last[1])))
    return (await db.execute(query)).all()


async def count(db: AsyncConnection, actor: Actor, *, owner: str, since: datetime) -> int:
    """How many dialogs that the actor sees somebody leads, of those spoken in since then."""
    query = (
        select(func.count())
        .select_from(dialogs)
        .where(auth_policy.predicate(actor, "dialogs.view", dialogs))
        .where(dialogs.c.owner == owner, dialogs.c.last_message_at >= since)
    )
    return int((await db.execute(query)).scalar_one())


async def counts_by_bot(db: AsyncConnection, *, owner: str, since: datetime) -> dict[int, int]:
    """The same for every bot, whoever asks."""
    query = (
        select(dialogs.c.bot_id, func.count())
        .where(dialogs.c.owner == owner, dialogs.c.last_message_at >= since)
        .group_by(dialogs.c.bot_id)
    )
    return {bot_id: int(count) for bot_id, count in await db.execute(query)}


def _matches(search: str) -> Any:
    like = "%" + search.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_") + "%"
    names = func.concat_ws(" ", clients.c.first_name, clients.c.last_name, contacts.c.display_name)
    digits = search.lstrip("+")
    return names.ilike(like) | (dialogs.c.chat_id == search) | (clients.c.phone == f"+{digits}")


def _described() -> Select[*tuple[Any, ...]]:
    return (
        select(*_LIST)
        .join(contacts, contacts.c.id == dialogs.c.contact_id)
        .join(clients, clients.c.id == dialogs.c.client_id)
        .outerjoin(messages, messages.c.id == dialogs.c.last_message_id)
    )


async def one(db: AsyncConnection, dialog_id: int) -> AnyRow | None:
    return (await db.execute(_described().where(dialogs.c.id == dialog_id))).one_or_none()


async def by_ids(db: AsyncConnection, ids: Sequence[int]) -> Sequence[AnyRow]:
    return (await db.execute(_described().where(dialogs.c.id.in_(ids)))).all()


async def of_clients(db: AsyncConnection, client_ids: Sequence[int]) -> Sequence[AnyRow]:
    """Every dialog of the clients."""
    return (await db.execute(_described().where(dialogs.c.client_id.in_(client_ids)))).all()
