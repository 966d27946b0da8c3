"""Every SELECT of the module."""

from sqlalchemy import ColumnElement, case, exists, func, literal, or_, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit import auth_policy
from connective.kit.auth_policy import Actor
from connective.kit.db.rows import AnyRow
from connective.modules.channels.models import channel_accounts
from connective.modules.clients.models import clients, contacts
from connective.modules.requests.models import CLOSED, requests

_TURN = text("SELECT pg_advisory_xact_lock(hashtextextended(:subject, 0))")
_BIGINT = 2**63


async def take_turn(db: AsyncConnection, subject: str) -> None:
    """Wait until no other transaction makes the same client."""
    await db.execute(_TURN, {"subject": subject})


def _seen(actor: Actor) -> ColumnElement[bool]:
    """Clients with a contact in one of the actor's bots, and those who have none anywhere yet."""
    if not actor.bot_ids:
        return literal(True)
    of_client = contacts.c.client_id == clients.c.id
    here = contacts.join(channel_accounts, channel_accounts.c.id == contacts.c.account_id)
    mine = auth_policy.predicate(actor, "clients.view", channel_accounts)
    own = exists(select(contacts.c.id).select_from(here).where(of_client, mine).correlate(clients))
    known = exists(select(contacts.c.id).where(of_client).correlate(clients))
    return or_(own, ~known)


async def client(db: AsyncConnection, actor: Actor, by: str, value: str) -> AnyRow | None:
    """The client known by a phone, an e-mail, an external id or a chat; the latest of several."""
    in_chat = select(contacts.c.client_id).where(contacts.c.chat_id == value)
    known_as = select(contacts.c.client_id).where(contacts.c.external_ids.contains([value]))
    conditions: dict[str, ColumnElement[bool]] = {
        "id": clients.c.id == (int(value) if by == "id" else 0),
        "phone": clients.c.phone == value,
        "email": func.lower(clients.c.email) == value.lower(),
        "external_id": or_(clients.c.external_id == value, clients.c.id.in_(known_as)),
        "chat_id": clients.c.id.in_(in_chat),
    }
    query = (
        select(
            *(clients.c[name] for name in ("id", "first_name", "last_name", "phone", "email")),
            clients.c.external_id,
            clients.c.extra_data["crm_record_url"].astext.label("record_url"),
            select(func.max(contacts.c.display_name))
            .where(contacts.c.client_id == clients.c.id)
            .scalar_subquery()
            .label("called"),
        )
        .where(conditions[by], _seen(actor))
        .order_by(clients.c.id.desc())
        .limit(1)
    )
    return (await db.execute(query)).one_or_none()


async def chat(db: AsyncConnection, actor: Actor, number: str) -> AnyRow | None:
    """A chat that the actor sees, by its number."""
    if not (number.isascii() and number.isdecimal() and int(number) < _BIGINT):
        return None
    query = select(requests.c.id, requests.c.state, requests.c.client_id)
    query = query.where(requests.c.id == int(number))
    query = query.where(auth_policy.predicate(actor, "requests.view", requests))
    return (await db.execute(query)).one_or_none()


async def chat_of(db: AsyncConnection, actor: Actor, client_id: int) -> AnyRow | None:
    """The client's chat that goes on, else his last one, of those that the actor sees."""
    closed = case((requests.c.state == CLOSED, 1), else_=0)
    query = select(requests.c.id, requests.c.state, requests.c.client_id)
    query = query.where(requests.c.client_id == client_id)
    query = query.where(auth_policy.predicate(actor, "requests.view", requests))
    query = query.order_by(closed, requests.c.id.desc()).limit(1)
    return (await db.execute(query)).one_or_none()
