"""Every SELECT of messages that wait before they are sent."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit.db.rows import AnyRow
from connective.modules.requests.models import WAITING, requests, scheduled_messages

ANY_DUE = "SELECT min(send_at) <= $1 FROM scheduled_messages WHERE state = 'waiting'"
_OPEN = or_(WAITING, scheduled_messages.c.state == "refused")


def _rows(*which: ColumnElement[bool]) -> Select[tuple[object, ...]]:
    """With the dialog that their request is in, by the moments they are meant for."""
    joined = scheduled_messages.join(requests, requests.c.id == scheduled_messages.c.request_id)
    query = select(scheduled_messages, requests.c.dialog_id).select_from(joined)
    return query.where(*which).order_by(scheduled_messages.c.send_at, scheduled_messages.c.id)


async def of_request(db: AsyncConnection, request_id: int) -> Sequence[AnyRow]:
    """What waits in a request, and what was not sent."""
    return (await db.execute(_rows(scheduled_messages.c.request_id == request_id, _OPEN))).all()


async def by_ids(db: AsyncConnection, ids: Sequence[int]) -> dict[int, AnyRow]:
    found = await db.execute(_rows(scheduled_messages.c.id.in_(ids)))
    return {row.id: row for row in found.all()}


async def one(db: AsyncConnection, request_id: int, scheduled_id: int) -> AnyRow | None:
    query = _rows(
        scheduled_messages.c.request_id == request_id, scheduled_messages.c.id == scheduled_id
    )
    return (await db.execute(query)).one_or_none()


async def named(db: AsyncConnection, request_id: int, client_msg_id: str) -> AnyRow | None:
    """The one that was taken under this id already, whatever has become of it."""
    query = _rows(
        scheduled_messages.c.request_id == request_id,
        scheduled_messages.c.client_msg_id == client_msg_id,
    )
    return (await db.execute(query)).one_or_none()


async def waiting(db: AsyncConnection, request_id: int) -> Sequence[AnyRow]:
    """What waits in a request for its moment."""
    return (await db.execute(_rows(scheduled_messages.c.request_id == request_id, WAITING))).all()


async def soon(db: AsyncConnection, until: datetime, *, limit: int) -> Sequence[AnyRow]:
    """(request, moment) of what is to be sent until then, the earliest first."""
    moment = func.min(scheduled_messages.c.send_at)
    query = (
        select(scheduled_messages.c.request_id, moment.label("send_at"))
        .where(scheduled_messages.c.send_at <= until, WAITING)
        .group_by(scheduled_messages.c.request_id)
        .order_by(moment)
        .limit(limit)
    )
    return (await db.execute(query)).all()
