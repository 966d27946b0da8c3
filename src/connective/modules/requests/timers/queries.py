"""Every SELECT of the timers."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit.db.rows import AnyRow
from connective.modules.clients.models import contacts
from connective.modules.requests.models import CLOSED, requests

ANY_DUE = (
    "SELECT true FROM requests WHERE due_what IS NULL AND state <> 'closed' ORDER BY id LIMIT 1",
    "SELECT min(due_at) <= $1 FROM requests WHERE state <> 'closed'",
)


async def unplanned(db: AsyncConnection, *, limit: int) -> Sequence[AnyRow]:
    """Unclosed requests of which nobody knows what is due, locked; those in use are left out."""
    query = (
        select(requests, contacts.c.chat_id)
        .join(contacts, contacts.c.id == requests.c.contact_id)
        .where(requests.c.due_what.is_(None), requests.c.state != CLOSED)
        .order_by(requests.c.id)
        .limit(limit)
        .with_for_update(of=requests, skip_locked=True)
    )
    return (await db.execute(query)).all()


async def due(db: AsyncConnection, now: datetime, *, limit: int) -> Sequence[AnyRow]:
    """Ids of what is due now, the longest first, and whether it is the end of a pause."""
    query = (
        select(requests.c.id, requests.c.due_what)
        .where(requests.c.due_at <= now, requests.c.state != CLOSED)
        .order_by(requests.c.due_at)
        .limit(limit)
    )
    return (await db.execute(query)).all()
