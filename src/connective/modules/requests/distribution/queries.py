"""Every SELECT of the distribution."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, case, func, literal, or_, select, text, tuple_
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit import auth_policy
from connective.kit.auth_policy import Actor
from connective.kit.db.rows import AnyRow
from connective.kit.paging import PageQuery
from connective.modules.accounts.models import users
from connective.modules.clients.models import clients, contacts
from connective.modules.requests.models import CLOSED, QUEUE, requests
from connective.modules.requests.models import distribution_attempts as attempts
from connective.modules.topics.models import topics

UNCLOSED = requests.c.state != CLOSED
IN_QUEUE = requests.c.state == QUEUE
# The place in the queue, rising: what stands first is served first.
PLACE = (-requests.c.weight, requests.c.queued_at, requests.c.id)
_ALONE = text("SELECT pg_try_advisory_xact_lock(hashtext('distribution of requests'))")
_ORDER = (requests.c.weight.desc(), requests.c.queued_at, requests.c.id)


async def alone(db: AsyncConnection) -> bool:
    """Whether nobody else distributes; holds until the transaction ends."""
    return bool((await db.execute(_ALONE)).scalar_one())


async def waiting(
    db: AsyncConnection, *, after: tuple[int, datetime, int] | None, limit: int
) -> Sequence[AnyRow]:
    """What waits for distribution, in its order, behind a place (-weight, queued_at, id)."""
    query = select(requests).where(IN_QUEUE, requests.c.assignee_id.is_(None)).order_by(*_ORDER)
    if after is not None:
        query = query.where(tuple_(*PLACE) > tuple_(*map(literal, after)))
    return (await db.execute(query.limit(limit))).all()


async def ahead(db: AsyncConnection, weight: int, *, limit: int) -> Sequence[AnyRow]:
    """The first of those who wait and come before a newcomer of this weight."""
    query = select(requests).where(
        IN_QUEUE, requests.c.assignee_id.is_(None), requests.c.weight >= weight
    )
    return (await db.execute(query.order_by(*_ORDER).limit(limit))).all()


async def loads(
    db: AsyncConnection, user_ids: Sequence[int] | None = None
) -> dict[int, dict[str, int]]:
    """Unclosed chats by operator and channel."""
    query = (
        select(requests.c.assignee_id, requests.c.channel, func.count())
        .where(UNCLOSED, requests.c.assignee_id.is_not(None))
        .group_by(requests.c.assignee_id, requests.c.channel)
    )
    if user_ids is not None:
        query = query.where(requests.c.assignee_id.in_(user_ids))
    found: dict[int, dict[str, int]] = {}
    for user_id, channel, count in await db.execute(query):
        found.setdefault(user_id, {})[channel] = count
    return found


async def last_operators(
    db: AsyncConnection, client_ids: Sequence[int], *, since: datetime
) -> dict[int, int]:
    """Who had each client's last closed request, when that is not longer ago."""
    query = (
        select(requests.c.client_id, requests.c.assignee_id)
        .ext(distinct_on(requests.c.client_id))
        .where(
            requests.c.client_id.in_(client_ids),
            requests.c.assignee_id.is_not(None),
            requests.c.closed_at > since,
        )
        .order_by(requests.c.client_id, requests.c.closed_at.desc())
    )
    return {row.client_id: row.assignee_id for row in await db.execute(query)}


async def last_chosen(db: AsyncConnection) -> int:
    """Who was given a request last; 0 for nobody."""
    query = select(attempts.c.chosen_id).where(attempts.c.chosen_id.is_not(None))
    return (await db.execute(query.order_by(attempts.c.id.desc()).limit(1))).scalar() or 0


async def unaccepted(db: AsyncConnection, before: datetime, *, limit: int) -> Sequence[int]:
    """Requests that were given by distribution before a moment and got no answer since."""
    given = select(attempts.c.id).where(
        attempts.c.request_id == requests.c.id,
        attempts.c.at == requests.c.assigned_at,
        attempts.c.chosen_id == requests.c.assignee_id,
    )
    query = select(requests.c.id).where(
        UNCLOSED,
        requests.c.state == "open",
        requests.c.assignee_id.is_not(None),
        requests.c.assigned_at <= before,
        given.exists(),
    )
    return (await db.execute(query.order_by(requests.c.assigned_at).limit(limit))).scalars().all()


def _queue(actor: Actor) -> Select[Any]:
    """What waits as far as the actor sees it, each with its place."""
    seen = auth_policy.predicate(actor, "requests.view", requests)
    return (
        select(
            requests,
            func.row_number().over(order_by=_ORDER).label("position"),
            contacts.c.display_name,
            contacts.c.username,
            contacts.c.chat_id,
            clients.c.first_name,
            clients.c.last_name,
            clients.c.phone.label("client_phone"),
            topics.c.name.label("topic_name"),
            topics.c.color.label("topic_color"),
        )
        .select_from(
            requests.join(contacts, contacts.c.id == requests.c.contact_id)
            .join(clients, clients.c.id == requests.c.client_id)
            .outerjoin(topics, topics.c.id == requests.c.subject_id)
        )
        .where(IN_QUEUE, seen)
    )


async def queue(db: AsyncConnection, actor: Actor, asked: PageQuery) -> Sequence[AnyRow]:
    """limit + 1 rows in the order of service; the cursor is the place of the last."""
    placed = _queue(actor).subquery()
    query = select(placed).order_by(placed.c.position).limit(asked.limit + 1)
    after = asked.after(int)
    if after is not None:
        query = query.where(placed.c.position > after[0])
    return (await db.execute(query)).all()


async def queue_totals(db: AsyncConnection, actor: Actor) -> Sequence[AnyRow]:
    """By topic: how many wait, since when, and the sum of their waits as seconds since 1970."""
    seen = auth_policy.predicate(actor, "requests.view", requests)
    query = (
        select(
            requests.c.subject_id,
            topics.c.name.label("topic_name"),
            topics.c.color.label("topic_color"),
            func.count().label("waiting"),
            func.min(requests.c.queued_at).label("since"),
            func.sum(func.extract("epoch", requests.c.queued_at)).label("since_sum"),
        )
        .select_from(requests.outerjoin(topics, topics.c.id == requests.c.subject_id))
        .where(IN_QUEUE, seen)
        .group_by(requests.c.subject_id, topics.c.name, topics.c.color)
        .order_by(func.count().desc(), requests.c.subject_id)
    )
    return (await db.execute(query)).all()


async def usual_waits(db: AsyncConnection, *, since: datetime) -> dict[int | None, float]:
    """Seconds between queue and operator by topic, over what was assigned since."""
    waited = func.extract("epoch", requests.c.assigned_at - requests.c.queued_at)
    query = (
        select(requests.c.subject_id, func.avg(waited))
        .where(requests.c.assigned_at > since, requests.c.queued_at <= requests.c.assigned_at)
        .group_by(requests.c.subject_id)
    )
    return {subject_id: float(waited) for subject_id, waited in await db.execute(query)}


async def place_of(
    db: AsyncConnection, *, weight: int, queued_at: datetime, request_id: int
) -> int:
    """How many wait before this place, and one."""
    here = tuple_(literal(-weight), literal(queued_at), literal(request_id))
    query = select(func.count()).where(IN_QUEUE, tuple_(*PLACE) < here)
    return int((await db.execute(query)).scalar_one()) + 1


async def list_attempts(
    db: AsyncConnection,
    actor: Actor,
    asked: PageQuery,
    *,
    request_id: int | None,
    operator_id: int | None,
    result: str | None,
) -> Sequence[AnyRow]:
    """limit + 1 attempts, the newest first."""
    query = select(attempts).where(auth_policy.predicate(actor, "distribution.view", attempts))
    if request_id is not None:
        query = query.where(attempts.c.request_id == request_id)
    if operator_id is not None:
        query = query.where(attempts.c.chosen_id == operator_id)
    if result is not None:
        query = query.where(attempts.c.result == result)
    after = asked.after(int)
    if after is not None:
        query = query.where(attempts.c.id < after[0])
    return (await db.execute(query.order_by(attempts.c.id.desc()).limit(asked.limit + 1))).all()


async def names(db: AsyncConnection, ids: Sequence[int]) -> dict[int, str]:
    """Names of users."""
    query = select(users.c.id, users.c.first_name, users.c.last_name).where(users.c.id.in_(ids))
    return {i: f"{first} {last}".strip() for i, first, last in await db.execute(query)}


async def unclosed_of(db: AsyncConnection, user_id: int) -> Sequence[AnyRow]:
    """What somebody has, with the keys of the dialogs."""
    query = (
        select(requests.c.id, requests.c.account_id, contacts.c.chat_id)
        .join(contacts, contacts.c.id == requests.c.contact_id)
        .where(requests.c.assignee_id == user_id, UNCLOSED)
        .order_by(requests.c.id)
    )
    return (await db.execute(query)).all()


async def work(db: AsyncConnection, actor: Actor, user_ids: Sequence[int]) -> Sequence[AnyRow]:
    """By operator and channel: chats, those with an unanswered client, since when."""
    never = requests.c.last_reply_at.is_(None)
    unanswered = and_(
        requests.c.state.in_(("open", "in_progress")),
        or_(never, requests.c.last_client_at > requests.c.last_reply_at),
    )
    since = case((never, requests.c.created_at), else_=requests.c.last_client_at)
    query = (
        select(
            requests.c.assignee_id,
            requests.c.channel,
            func.count().label("chats"),
            func.count().filter(unanswered).label("unanswered"),
            func.min(since).filter(unanswered).label("since"),
        )
        .where(
            requests.c.assignee_id.in_(user_ids),
            UNCLOSED,
            auth_policy.predicate(actor, "operators.work", requests),
        )
        .group_by(requests.c.assignee_id, requests.c.channel)
    )
    return (await db.execute(query)).all()


async def unclosed_to_match(
    db: AsyncConnection, topic_ids: Sequence[int], bot_ids: Sequence[int]
) -> Sequence[AnyRow]:
    """Unclosed requests about these topics or of these bots, locked by rising id."""
    theirs = or_(requests.c.subject_id.in_(topic_ids), requests.c.bot_id.in_(bot_ids))
    query = select(requests).where(theirs, UNCLOSED)
    return (await db.execute(query.order_by(requests.c.id).with_for_update())).all()


async def topic_is_used(db: AsyncConnection, topic_id: int) -> int | None:
    """The number of one request about the topic."""
    query = select(requests.c.id).where(requests.c.subject_id == topic_id).limit(1)
    return (await db.execute(query)).scalar_one_or_none()
