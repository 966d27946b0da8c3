"""Subscribers as the compat API reads them: points of contact with the people behind them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Text, case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit import clock
from connective.modules.channels.models import channel_accounts
from connective.modules.clients.models import clients, consents, contacts

# Phones are digits alone in the documented formats; empty where none is known.
_PHONE = func.coalesce(func.ltrim(clients.c.phone, "+"), "", type_=Text)
_STATUS = case((contacts.c.subscribed, "subscribed"), else_="unsubscribed")
_OWN = ("id", "client_id", "chat_id", "username", "display_name", "preferred", "external_ids")
_TIMES = ("subscription_at", "blocked_at", "created_at")
_PERSONAL = ("first_name", "last_name", "email", "external_id")
people = (
    select(
        *(contacts.c[name] for name in (*_OWN, *_TIMES)),
        _STATUS.label("status"),
        channel_accounts.c.bot_id,
        channel_accounts.c.channel,
        *(clients.c[name] for name in _PERSONAL),
        _PHONE.label("phone"),
    )
    .join(channel_accounts, channel_accounts.c.id == contacts.c.account_id)
    .join(clients, clients.c.id == contacts.c.client_id)
    .subquery("subscribers")
)
COLUMNS: dict[str, ColumnElement[Any]] = {
    name: people.c[name]
    for name in (
        *("id", "client_id", "bot_id", "channel", "chat_id", "username", "display_name"),
        *(*_PERSONAL, "phone", "status", "preferred", "external_ids", *_TIMES),
    )
}


async def consents_of(
    db: AsyncConnection, contact_ids: Sequence[int]
) -> dict[int, list[dict[str, Any]]]:
    """What was agreed to, by contact; the latest first."""
    query = select(consents).where(consents.c.contact_id.in_(contact_ids))
    found: dict[int, list[dict[str, Any]]] = {number: [] for number in contact_ids}
    for row in await db.execute(query.order_by(consents.c.id.desc())):
        said = {"subscribed": row.subscribed, "why": row.why, "text": row.text}
        found[row.contact_id].append({"at": clock.rfc3339(row.at), **said})
    return found
