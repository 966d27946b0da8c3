"""Every SELECT of drafts."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit import auth_policy
from connective.kit.auth_policy import Actor
from connective.kit.db.rows import AnyRow
from connective.kit.paging import PageQuery
from connective.modules.drafts.models import drafts
from connective.modules.requests.models import requests


async def own(db: AsyncConnection, actor: Actor, page: PageQuery) -> list[AnyRow]:
    """Somebody's drafts in requests that he sees, by request; one more than the page holds."""
    query = (
        select(drafts)
        .join(requests, requests.c.id == drafts.c.request_id)
        .where(auth_policy.predicate(actor, "drafts.own", drafts))
        .where(auth_policy.predicate(actor, "requests.view", requests), drafts.c.text != "")
    )
    if (last := page.after(int, str)) is not None:
        query = query.where(tuple_(drafts.c.request_id, drafts.c.kind) > tuple_(*last))
    query = query.order_by(drafts.c.request_id, drafts.c.kind).limit(page.limit + 1)
    return list((await db.execute(query)).all())


def closed_before(moment: datetime) -> ColumnElement[bool]:
    """Drafts in chats that were over by then."""
    over = select(requests.c.id).where(requests.c.closed_at < moment)
    return drafts.c.request_id.in_(over)


async def one(db: AsyncConnection, user_id: int, request_id: int, kind: str) -> AnyRow:
    query = select(drafts).where(
        drafts.c.user_id == user_id, drafts.c.request_id == request_id, drafts.c.kind == kind
    )
    return (await db.execute(query)).one()


async def of_people(
    db: AsyncConnection, user_ids: Sequence[int], request_ids: Sequence[int]
) -> Sequence[AnyRow]:
    """The drafts of people in requests, emptied ones too."""
    query = select(drafts).where(
        drafts.c.user_id.in_(user_ids), drafts.c.request_id.in_(request_ids)
    )
    return (await db.execute(query)).all()
