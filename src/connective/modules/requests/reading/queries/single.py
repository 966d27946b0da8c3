"""One request, what was done to it and who took part; other requests of its client."""

from collections.abc import Sequence

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit import auth_policy
from connective.kit.auth_policy import Actor
from connective.kit.db.rows import AnyRow
from connective.kit.paging import PageQuery
from connective.modules.accounts.models import users
from connective.modules.requests.models import CLOSED, request_history, requests
from connective.modules.requests.reading.queries.columns import WHOLE, joined
from connective.modules.requests.reading.queries.narrowing import VIEW
from connective.modules.topics.models import topics

HISTORY = "requests.history"


async def one(db: AsyncConnection, request_id: int) -> AnyRow | None:
    """A request with everything that the panel shows of it and that the rule table asks."""
    others = requests.alias()
    unclosed = select(others.c.id).where(
        others.c.dialog_id == requests.c.dialog_id, others.c.state != CLOSED
    )
    query = select(*WHOLE, unclosed.correlate(requests).exists().label("dialog_has_one"))
    found = query.select_from(joined).where(requests.c.id == request_id)
    return (await db.execute(found)).one_or_none()


async def by_ids(db: AsyncConnection, ids: Sequence[int]) -> dict[int, AnyRow]:
    query = select(*WHOLE).select_from(joined).where(requests.c.id.in_(ids))
    return {row.id: row for row in (await db.execute(query)).all()}


async def earlier(
    db: AsyncConnection, actor: Actor, row: AnyRow, *, limit: int = 50
) -> Sequence[AnyRow]:
    """Other requests of the client: those of this dialog, and what the actor sees of others."""
    of_this_dialog = and_(
        requests.c.dialog_id == row.dialog_id, auth_policy.predicate(actor, HISTORY, requests)
    )
    query = (
        select(
            requests.c.id,
            requests.c.state,
            requests.c.subject_id,
            requests.c.assignee_id,
            requests.c.first_seq,
            requests.c.last_seq,
            requests.c.dialog_id,
            requests.c.created_at,
            requests.c.closed_at,
            topics.c.name.label("topic_name"),
            topics.c.color.label("topic_color"),
            users.c.first_name.label("assignee_first_name"),
            users.c.last_name.label("assignee_last_name"),
        )
        .outerjoin(topics, topics.c.id == requests.c.subject_id)
        .outerjoin(users, users.c.id == requests.c.assignee_id)
        .where(requests.c.client_id == row.client_id, requests.c.id != row.id)
        .where(or_(of_this_dialog, auth_policy.predicate(actor, VIEW, requests)))
        .order_by(requests.c.id.desc())
        .limit(limit)
    )
    return (await db.execute(query)).all()


async def people(db: AsyncConnection, ids: Sequence[int]) -> Sequence[AnyRow]:
    """Names of users."""
    query = select(users.c.id, users.c.first_name, users.c.last_name).where(users.c.id.in_(ids))
    return (await db.execute(query.order_by(users.c.id))).all()


async def log(db: AsyncConnection, request_id: int, page: PageQuery) -> list[AnyRow]:
    """What was done to a request, the latest first; one more line than the page holds."""
    query = select(request_history).where(request_history.c.request_id == request_id)
    if (last := page.after(int)) is not None:
        query = query.where(request_history.c.id < last[0])
    query = query.order_by(request_history.c.id.desc()).limit(page.limit + 1)
    return list((await db.execute(query)).all())
