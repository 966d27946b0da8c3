"""Every SELECT of the connection to Zoho CRM."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit.db.rows import AnyRow
from connective.kit.paging import PageQuery
from connective.modules.accounts.models import users
from connective.modules.bots.models import bots
from connective.modules.clients.models import clients, contacts
from connective.modules.dialogs.models import dialogs
from connective.modules.requests.models import requests
from connective.modules.topics.models import topics
from connective.modules.zoho.models import zoho_account, zoho_notes

THE_ONE = 1
ANY_DUE = """
SELECT true FROM zoho_notes WHERE status = 'waiting' AND next_at <= $1
  AND (leased_until IS NULL OR leased_until <= $1) ORDER BY next_at LIMIT 1
"""
_PERSON = (
    clients.c.id.label("client_id"),
    clients.c.first_name,
    clients.c.last_name,
    clients.c.phone,
    clients.c.email,
    clients.c.external_id,
    clients.c.language,
    contacts.c.display_name,
    contacts.c.username,
    dialogs.c.channel,
    dialogs.c.chat_id,
    dialogs.c.state,
    bots.c.name.label("bot_name"),
    bots.c.languages,
)


async def account(db: AsyncConnection, *, lock: bool = False) -> AnyRow | None:
    query = select(zoho_account).where(zoho_account.c.id == THE_ONE)
    return (await db.execute(query.with_for_update() if lock else query)).one_or_none()


async def person(db: AsyncConnection, dialog_id: int) -> AnyRow | None:
    """The client of a dialog, with what the dialog knows."""
    query = (
        select(*_PERSON)
        .select_from(dialogs)
        .join(contacts, contacts.c.id == dialogs.c.contact_id)
        .join(clients, clients.c.id == contacts.c.client_id)
        .join(bots, bots.c.id == dialogs.c.bot_id)
        .where(dialogs.c.id == dialog_id)
    )
    return (await db.execute(query)).one_or_none()


async def chat(db: AsyncConnection, request_id: int) -> AnyRow | None:
    """A request with its client, topic and last operator."""
    operator = func.concat_ws(" ", users.c.first_name, users.c.last_name).label("operator")
    query = (
        select(
            requests.c.id,
            requests.c.closed_at,
            topics.c.name.label("topic"),
            operator,
            *_PERSON,
        )
        .select_from(requests)
        .join(dialogs, dialogs.c.id == requests.c.dialog_id)
        .join(contacts, contacts.c.id == dialogs.c.contact_id)
        .join(clients, clients.c.id == requests.c.client_id)
        .join(bots, bots.c.id == requests.c.bot_id)
        .outerjoin(topics, topics.c.id == requests.c.subject_id)
        .outerjoin(users, users.c.id == requests.c.assignee_id)
        .where(requests.c.id == request_id)
    )
    return (await db.execute(query)).one_or_none()


async def clients_of(db: AsyncConnection, request_ids: Sequence[int]) -> dict[int, int]:
    """Whose chats those are, by the request."""
    query = select(requests.c.id, requests.c.client_id).where(
        requests.c.id.in_(request_ids), requests.c.type == "chat"
    )
    return {row.id: row.client_id for row in await db.execute(query)}


async def due(db: AsyncConnection, now: datetime) -> AnyRow | None:
    """The next note whose time has come and that nobody sends now, locked."""
    note = zoho_notes.c
    query = (
        select(zoho_notes)
        .where(note.status == "waiting", note.next_at <= now)
        .where(or_(note.leased_until.is_(None), note.leased_until <= now))
        .order_by(note.next_at, note.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return (await db.execute(query)).one_or_none()


async def note(db: AsyncConnection, note_id: int, *, lock: bool = False) -> AnyRow | None:
    query = select(zoho_notes).where(zoho_notes.c.id == note_id)
    return (await db.execute(query.with_for_update() if lock else query)).one_or_none()


async def listed(db: AsyncConnection, asked: PageQuery, *, status: str | None) -> list[Any]:
    """Notes, the newest first."""
    query = select(zoho_notes).order_by(zoho_notes.c.id.desc()).limit(asked.limit + 1)
    if status is not None:
        query = query.where(zoho_notes.c.status == status)
    if after := asked.after(int):
        query = query.where(zoho_notes.c.id < after[0])
    return list((await db.execute(query)).all())


async def counted(db: AsyncConnection) -> Mapping[str, int]:
    """How many notes there are in each status that is not done."""
    query = (
        select(zoho_notes.c.status, func.count().label("number"))
        .where(zoho_notes.c.status != "sent")
        .group_by(zoho_notes.c.status)
    )
    return {row.status: row.number for row in await db.execute(query)}


async def known_record(db: AsyncConnection, client_id: int, module: str) -> str | None:
    """The record that the last note about a client went to."""
    query = (
        select(zoho_notes.c.record_id)
        .where(zoho_notes.c.client_id == client_id, zoho_notes.c.module == module)
        .where(zoho_notes.c.status == "sent", zoho_notes.c.record_id.is_not(None))
        .order_by(zoho_notes.c.id.desc())
        .limit(1)
    )
    found: str | None = (await db.execute(query)).scalar_one_or_none()
    return found
