"""Every SELECT of chats that operators begin."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit import auth_policy
from connective.kit.auth_policy import Actor
from connective.kit.db.rows import AnyRow
from connective.modules.bots.models import bots
from connective.modules.channels.models import channel_accounts
from connective.modules.clients.models import clients, contacts
from connective.modules.dialogs.models import dialogs
from connective.modules.requests.models import CLOSED, requests
from connective.modules.requests.outbound.schemas import NewChat
from connective.modules.requests.reading.queries import CALLED, NAME, PHONE

OUTBOUND = "requests.outbound"
# One more than it takes to say that a client is known in several places.
SEVERAL = 6


def _reachable(actor: Actor) -> Select[tuple[object, ...]]:
    """Contacts with a dialog in a bot for which the actor may begin chats, the latest first."""
    return (
        select(
            contacts,
            *(clients.c[name] for name in ("first_name", "last_name")),
            clients.c.phone.label("client_phone"),
            *(channel_accounts.c[name] for name in ("bot_id", "channel", "enabled")),
            bots.c.name.label("bot_name"),
            dialogs.c.request_id,
        )
        .select_from(
            contacts.join(clients, clients.c.id == contacts.c.client_id)
            .join(channel_accounts, channel_accounts.c.id == contacts.c.account_id)
            .join(bots, bots.c.id == channel_accounts.c.bot_id)
            .join(dialogs, dialogs.c.contact_id == contacts.c.id)
        )
        .where(bots.c.archived_at.is_(None))
        .where(auth_policy.predicate(actor, OUTBOUND, channel_accounts))
        .order_by(dialogs.c.last_message_at.desc().nulls_last(), contacts.c.id.desc())
    )


async def named(
    db: AsyncConnection, actor: Actor, wanted: NewChat, phone: str | None
) -> Sequence[AnyRow]:
    """Contacts of the client that was named; `phone` is his number as clients have it."""
    by: dict[str, ColumnElement[bool]] = {
        "contact_id": contacts.c.id == wanted.contact_id,
        "client_id": contacts.c.client_id == wanted.client_id,
        "phone": clients.c.phone == phone,
        "external_id": or_(
            clients.c.external_id == wanted.external_id,
            contacts.c.external_ids.contains([wanted.external_id]),
        ),
        "chat_id": contacts.c.chat_id == wanted.chat_id,
    }
    chosen = [part for name, part in by.items() if getattr(wanted, name) is not None]
    if wanted.bot_id is not None:
        chosen.append(channel_accounts.c.bot_id == wanted.bot_id)
    if wanted.channel is not None:
        chosen.append(channel_accounts.c.channel == wanted.channel)
    query = _reachable(actor).where(*chosen).limit(SEVERAL)
    return (await db.execute(query)).all()


async def found(db: AsyncConnection, actor: Actor, search: str, *, limit: int) -> Sequence[AnyRow]:
    """Contacts by name, username, e-mail or phone."""
    whole = "%" + search.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_") + "%"
    alike = [clients.c.email.ilike(whole), NAME.ilike(whole), CALLED.ilike(whole)]
    digits = "".join(filter(str.isdigit, search))
    if len(digits) >= 3 and PHONE.fullmatch(search):
        alike.append(clients.c.phone.like(f"%{digits}%"))
    query = _reachable(actor).where(or_(*alike)).limit(limit)
    return (await db.execute(query)).all()


async def seen_of(db: AsyncConnection, actor: Actor, request_ids: Sequence[int]) -> set[int]:
    """Which of the requests the actor sees."""
    query = select(requests.c.id).where(requests.c.id.in_(request_ids))
    query = query.where(auth_policy.predicate(actor, "requests.view", requests))
    return set((await db.execute(query)).scalars())


async def begun(db: AsyncConnection, *, except_shown_to: str) -> Sequence[AnyRow]:
    """Unclosed chats that operators began and that others see than these, locked by rising id."""
    query = select(requests).where(requests.c.direction == "outbound", requests.c.state != CLOSED)
    query = query.where(requests.c.shown_to != except_shown_to).order_by(requests.c.id)
    return (await db.execute(query.with_for_update())).all()
