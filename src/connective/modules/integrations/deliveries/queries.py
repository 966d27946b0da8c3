"""Reads of the delivery log."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, case, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit import auth_policy
from connective.kit.auth_policy import Actor
from connective.kit.db.rows import AnyRow
from connective.kit.outbox.models import deliveries, endpoints, lanes
from connective.kit.paging import PageQuery

OPEN = ("pending", "retrying")


class Asked(msgspec.Struct, frozen=True):
    """What a list of deliveries is narrowed to."""

    endpoint_id: int | None = None
    status: str | None = None
    event_name: str | None = None
    kind: str | None = None
    bot_id: int | None = None
    chat_id: str | None = None
    since: datetime | None = None
    until: datetime | None = None


# What waits as head of its lane is due when the lane is.
_due = case(
    (deliveries.c.sequence == lanes.c.head, func.coalesce(deliveries.c.next_at, lanes.c.next_at)),
    else_=deliveries.c.next_at,
)
_joined = deliveries.join(endpoints, endpoints.c.id == deliveries.c.endpoint_id).outerjoin(
    lanes,
    (lanes.c.endpoint_id == deliveries.c.endpoint_id) & (lanes.c.lane == deliveries.c.lane),
)
_shown: list[Any] = [
    *(c for c in deliveries.c if c.name not in ("body", "log", "next_at", "attempts")),
    deliveries.c.attempts.label("attempts_made"),
    _due.label("next_at"),
    endpoints.c.name.label("endpoint_name"),
    endpoints.c.status.label("endpoint_status"),
]


def _narrowed(actor: Actor, action: str, asked: Asked) -> list[ColumnElement[bool]]:
    found = [auth_policy.predicate(actor, action, deliveries)]
    for name in ("endpoint_id", "status", "event_name", "kind", "bot_id", "chat_id"):
        value = getattr(asked, name)
        if value is not None:
            found.append(deliveries.c[name] == value)
    if asked.since is not None:
        found.append(deliveries.c.created_at >= asked.since)
    if asked.until is not None:
        found.append(deliveries.c.created_at < asked.until)
    return found


async def listed(db: AsyncConnection, actor: Actor, page: PageQuery, asked: Asked) -> list[AnyRow]:
    """The newest first; one more row than the page holds."""
    query = (
        select(*_shown)
        .select_from(_joined)
        .where(*_narrowed(actor, "deliveries.view", asked))
        .order_by(deliveries.c.created_at.desc(), deliveries.c.id.desc())
        .limit(page.limit + 1)
    )
    after = page.after(datetime, str)
    if after is not None:
        query = query.where(tuple_(deliveries.c.created_at, deliveries.c.id) < after)
    return list((await db.execute(query)).all())


async def count(db: AsyncConnection, actor: Actor, asked: Asked) -> int:
    query = select(func.count()).select_from(deliveries)
    narrowed = query.where(*_narrowed(actor, "deliveries.view", asked))
    return int((await db.execute(narrowed)).scalar_one())


async def by_id(db: AsyncConnection, name: str) -> AnyRow | None:
    """One delivery with its body and log."""
    query = select(*_shown, deliveries.c.body, deliveries.c.log, endpoints.c.url)
    return (
        await db.execute(query.select_from(_joined).where(deliveries.c.id == name))
    ).one_or_none()


async def locked(db: AsyncConnection, name: str) -> AnyRow | None:
    query = select(deliveries).where(deliveries.c.id == name).with_for_update()
    return (await db.execute(query)).one_or_none()


async def endpoint(db: AsyncConnection, number: int) -> AnyRow | None:
    return (await db.execute(select(endpoints).where(endpoints.c.id == number))).one_or_none()


async def lane_head(db: AsyncConnection, endpoint_id: int, lane: str) -> int | None:
    """The next number that the lane sends."""
    query = select(lanes.c.head).where(lanes.c.endpoint_id == endpoint_id, lanes.c.lane == lane)
    return (await db.execute(query)).scalar_one_or_none()


def ended_before(moment: datetime, *, limit: int) -> Select[tuple[str]]:
    """The oldest calls that had ended by then."""
    return (
        select(deliveries.c.id)
        .where(deliveries.c.created_at < moment, deliveries.c.done_at < moment)
        .where(deliveries.c.status.not_in(OPEN))
        .order_by(deliveries.c.created_at)
        .limit(limit)
    )


def kept_since_before(moment: datetime) -> Select[tuple[str]]:
    """Calls that wait since then for an endpoint that is not called."""
    return (
        select(deliveries.c.id)
        .join(endpoints, endpoints.c.id == deliveries.c.endpoint_id)
        .where(endpoints.c.status != "active", deliveries.c.status.in_(OPEN))
        .where(deliveries.c.created_at < moment)
    )
