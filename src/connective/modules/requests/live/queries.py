"""Every SELECT of requests over sockets."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit.db.rows import AnyRow
from connective.modules.dialogs.models import dialogs, messages
from connective.modules.requests.counting import Pile
from connective.modules.requests.models import CLOSED, requests

UNCLOSED = requests.c.state != CLOSED


async def messages_by_ids(db: AsyncConnection, ids: Sequence[int]) -> dict[int, AnyRow]:
    """Messages with the unclosed request of their dialog."""
    query = (
        select(messages, dialogs.c.request_id.label("open_request_id"))
        .join(dialogs, dialogs.c.id == messages.c.dialog_id)
        .where(messages.c.id.in_(ids))
    )
    return {row.id: row for row in (await db.execute(query)).all()}


async def of_clients(db: AsyncConnection, client_ids: Sequence[int]) -> list[int]:
    """The requests of the clients."""
    query = select(requests.c.id).where(requests.c.client_id.in_(client_ids))
    return list((await db.execute(query)).scalars())


async def closed_of(db: AsyncConnection, dialog_ids: Sequence[int]) -> list[int]:
    """The requests of the dialogs that are over."""
    query = select(requests.c.id).where(requests.c.dialog_id.in_(dialog_ids), ~UNCLOSED)
    return list((await db.execute(query)).scalars())


async def piles(db: AsyncConnection) -> list[Pile]:
    """All unclosed requests, by what decides who sees them and which folder holds them."""
    by: list[Any] = [
        *(requests.c[name] for name in ("bot_id", "subject_id", "assignee_id")),
        *(requests.c[name] for name in ("participants", "group_ids", "shown_to")),
        requests.c.state == "queue",
        requests.c.unread > 0,
    ]
    query = select(*by, func.count()).where(UNCLOSED).group_by(*by)
    return [Pile(*tuple(row)) for row in (await db.execute(query)).all()]
