"""Every SELECT of the module."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit import auth_policy
from connective.kit.auth_policy import Actor
from connective.kit.db.rows import AnyRow
from connective.kit.paging import PageQuery
from connective.modules.channels.models import channel_accounts
from connective.modules.clients.models import clients, consents, contacts

SORTS = ("id",)
# Of several, the one told of last.
_INTRODUCED = """
SELECT DISTINCT ON (phone) id, phone, first_name, last_name, email, external_id, language
FROM clients
WHERE phone = ANY($1) AND NOT EXISTS (SELECT 1 FROM contacts WHERE client_id = clients.id)
ORDER BY phone, id DESC
"""
_here = contacts.join(channel_accounts, channel_accounts.c.id == contacts.c.account_id)


def _seen(actor: Actor) -> ColumnElement[bool]:
    """Clients with a contact in one of the actor's bots."""
    if not actor.bot_ids:
        return literal(True) if auth_policy.holds(actor, "clients.view") else literal(False)
    mine = auth_policy.predicate(actor, "clients.view", channel_accounts)
    own = select(contacts.c.id).select_from(_here).where(contacts.c.client_id == clients.c.id, mine)
    return exists(own.correlate(clients))


async def listed(
    db: AsyncConnection,
    actor: Actor,
    asked: PageQuery,
    *,
    search: str | None,
    phone: str | None,
    external_id: str | None,
    utm_source: str | None,
    utm_campaign: str | None,
) -> list[AnyRow]:
    """Clients that the actor sees, the newest first; one more row than the page holds."""
    query = select(clients).where(_seen(actor)).order_by(clients.c.id.desc())
    if search:
        names = func.concat_ws(" ", clients.c.first_name, clients.c.last_name)
        query = query.where(
            or_(names.icontains(search, autoescape=True), clients.c.email == search)
        )
    if phone is not None:
        query = query.where(clients.c.phone == phone)
    if external_id is not None:
        query = query.where(_known_as(external_id))
    for name, value in (("utm_source", utm_source), ("utm_campaign", utm_campaign)):
        if value is not None:
            query = query.where(clients.c.last_utm[name].astext == value)
    if (last := asked.after(int)) is not None:
        query = query.where(clients.c.id < last[0])
    return list((await db.execute(query.limit(asked.limit + 1))).all())


def _known_as(external_id: str) -> ColumnElement[bool]:
    bound = select(contacts.c.client_id).where(contacts.c.external_ids.contains([external_id]))
    return or_(clients.c.external_id == external_id, clients.c.id.in_(bound))


async def client(db: AsyncConnection, actor: Actor, client_id: int) -> AnyRow | None:
    query = select(clients).where(clients.c.id == client_id, _seen(actor))
    return (await db.execute(query)).one_or_none()


async def channels_of(db: AsyncConnection, actor: Actor, client_id: int) -> Sequence[AnyRow]:
    """Contacts of a client in the actor's bots."""
    query = (
        select(contacts, channel_accounts.c.bot_id, channel_accounts.c.channel)
        .select_from(_here)
        .where(contacts.c.client_id == client_id)
        .where(auth_policy.predicate(actor, "clients.view", channel_accounts))
        .order_by(contacts.c.id)
    )
    return (await db.execute(query)).all()


def _subscriptions() -> Select[*tuple[Any, ...]]:
    last = (
        select(consents)
        .where(consents.c.contact_id == contacts.c.id)
        .order_by(consents.c.id.desc())
        .limit(1)
        .lateral("last")
    )
    return (
        select(
            contacts,
            channel_accounts.c.bot_id,
            channel_accounts.c.channel,
            clients.c.first_name,
            clients.c.last_name,
            clients.c.phone,
            last.c.at.label("consent_at"),
            last.c.subscribed.label("consent_subscribed"),
            last.c.why.label("consent_why"),
            last.c.code.label("consent_code"),
            last.c.text.label("consent_text"),
            last.c.address.label("consent_address"),
            last.c.actor_name.label("consent_actor"),
        )
        .select_from(_here.join(clients, clients.c.id == contacts.c.client_id))
        .outerjoin(last, literal(True))
    )


async def subscriptions(
    db: AsyncConnection,
    actor: Actor,
    asked: PageQuery,
    *,
    external_id: str | None,
    phone: str | None,
    channel: str | None,
    bot_id: int | None,
    client_id: int | None,
    subscribed: bool | None,
) -> list[AnyRow]:
    """Contacts that the actor sees, the newest first; one more row than the page holds."""
    query = _subscriptions().where(auth_policy.predicate(actor, "clients.view", channel_accounts))
    if external_id is not None:
        query = query.where(
            or_(
                contacts.c.external_ids.contains([external_id]),
                contacts.c.client_id.in_(
                    select(clients.c.id).where(clients.c.external_id == external_id)
                ),
            )
        )
    for column, value in (
        (clients.c.phone, phone),
        (channel_accounts.c.channel, channel),
        (channel_accounts.c.bot_id, bot_id),
        (contacts.c.client_id, client_id),
        (contacts.c.subscribed, subscribed),
    ):
        if value is not None:
            query = query.where(column == value)
    if (last := asked.after(int)) is not None:
        query = query.where(contacts.c.id < last[0])
    ordered = query.order_by(contacts.c.id.desc()).limit(asked.limit + 1)
    return list((await db.execute(ordered)).all())


async def subscription(db: AsyncConnection, contact_id: int) -> AnyRow | None:
    return (await db.execute(_subscriptions().where(contacts.c.id == contact_id))).one_or_none()


async def held(db: AsyncConnection, contact_id: int) -> AnyRow | None:
    """A contact under lock, as it is now."""
    query = select(contacts).where(contacts.c.id == contact_id).with_for_update()
    return (await db.execute(query)).one_or_none()


async def consents_of(db: AsyncConnection, contact_id: int) -> Sequence[AnyRow]:
    """What a contact has said to being written to, the latest first."""
    query = select(consents).where(consents.c.contact_id == contact_id)
    return (await db.execute(query.order_by(consents.c.id.desc()).limit(100))).all()


async def introduced(driver: Any, phones: Sequence[str]) -> dict[str, Any]:
    """By phone, the clients of whom another system has told and who have no contact yet."""
    return {row["phone"]: row for row in await driver.fetch(_INTRODUCED, phones)}
