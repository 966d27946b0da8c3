"""Every SELECT of the module."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit.db.rows import AnyRow
from connective.kit.paging import PageQuery
from connective.modules.accounts.models import users
from connective.modules.notices.models import notices


def _told() -> Select[Any]:
    return select(notices, users.c.first_name, users.c.last_name).outerjoin(
        users, users.c.id == notices.c.from_id
    )


async def of(db: AsyncConnection, user_id: int, asked: PageQuery) -> Sequence[AnyRow]:
    """limit + 1 notices of somebody, the newest first."""
    query = _told().where(notices.c.user_id == user_id)
    after = asked.after(int)
    if after is not None:
        query = query.where(notices.c.id < after[0])
    query = query.order_by(notices.c.id.desc()).limit(asked.limit + 1)
    rows: Sequence[AnyRow] = (await db.execute(query)).all()
    return rows


async def unread(db: AsyncConnection, user_id: int) -> int:
    """How many notices somebody has not read."""
    query = select(func.count()).where(notices.c.user_id == user_id, notices.c.read_at.is_(None))
    return int((await db.execute(query)).scalar_one())


async def by_ids(db: AsyncConnection, ids: Sequence[int]) -> Sequence[AnyRow]:
    rows: Sequence[AnyRow] = (await db.execute(_told().where(notices.c.id.in_(ids)))).all()
    return rows
