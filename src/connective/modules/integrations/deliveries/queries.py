"""Reads of the delivery log."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    case,
    exists,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit import auth_policy
from connective.kit.auth_policy import Actor
from connective.kit.db.rows import AnyRow
from connective.kit.outbox.models import deliveries, endpoints, lanes
from connective.kit.paging import PageQuery
from connective.modules.integrations.scanning.queries import Scan

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
    text: str | None = None


# Rows that one page looks through at most; bodies are looked into for a text.
LOOKED_THROUGH, READ_THROUGH = 20_000, 5_000
IDS = ("d_", "ev_")
# as the partial index of event ids has it, so that it serves
_EVENTS: ColumnElement[bool] = literal_column("deliveries.kind IN ('webhook', 'event_url')")
SIEVED = ("event_name", "kind", "bot_id", "chat_id")


def _joined(ledger: Any) -> FromClause:
    """With endpoints and lanes. `ledger` is the table or a part of it."""
    waiting = (lanes.c.endpoint_id == ledger.c.endpoint_id) & (lanes.c.lane == ledger.c.lane)
    joined: FromClause = ledger.join(endpoints, endpoints.c.id == ledger.c.endpoint_id)
    return joined.outerjoin(lanes, waiting)


def _shown(ledger: Any) -> list[Any]:
    # What waits as head of its lane is due when the lane is.
    due = case(
        (ledger.c.sequence == lanes.c.head, func.coalesce(ledger.c.next_at, lanes.c.next_at)),
        else_=ledger.c.next_at,
    )
    return [
        *(c for c in ledger.c if c.name not in ("body", "log", "next_at", "attempts")),
        ledger.c.attempts.label("attempts_made"),
        due.label("next_at"),
        endpoints.c.name.label("endpoint_name"),
        endpoints.c.status.label("endpoint_status"),
    ]


def _served(asked: Asked) -> list[ColumnElement[bool]]:
    """What an index narrows by itself."""
    found: list[ColumnElement[bool]] = []
    if asked.endpoint_id is not None:
        found.append(deliveries.c.endpoint_id == asked.endpoint_id)
    if asked.since is not None:
        found.append(deliveries.c.created_at >= asked.since)
    if asked.until is not None:
        found.append(deliveries.c.created_at < asked.until)
    if asked.status == "failed":
        found += [deliveries.c.last_error.is_not(None), deliveries.c.status == "failed"]
    if asked.text and asked.text.startswith(IDS):
        event = deliveries.c.webhook_id == asked.text
        found.append(or_(deliveries.c.id == asked.text, _EVENTS & event))
    return found


def _sieve(asked: Asked, ledger: Any) -> list[ColumnElement[bool]]:
    """What has to be looked at row by row."""
    found = []
    for name in SIEVED:
        value = getattr(asked, name)
        if value is not None:
            found.append(ledger.c[name] == value)
    if asked.status is not None and asked.status != "failed":
        found.append(ledger.c.status == asked.status)
    if asked.text and not asked.text.startswith(IDS):
        said = func.convert_from(ledger.c.body, "UTF8").icontains(asked.text, autoescape=True)
        places = (ledger.c.chat_id, ledger.c.last_error, ledger.c.event_name)
        found.append(or_(said, *(c.icontains(asked.text, autoescape=True) for c in places)))
    return found


def scan(page: PageQuery, asked: Asked) -> Scan:
    return Scan(
        table=deliveries,
        at="created_at",
        served=_served(asked),
        after=page.after(datetime, str),
        most=READ_THROUGH if asked.text else LOOKED_THROUGH,
    )


def page_of(actor: Actor, page: PageQuery, asked: Asked, through: Scan) -> Select[Any]:
    """The newest first; one more row than the page holds."""
    part = through.part()
    return (
        select(*_shown(part))
        .select_from(_joined(part))
        .where(auth_policy.predicate(actor, "deliveries.view", part), *_sieve(asked, part))
        .order_by(part.c.created_at.desc(), part.c.id.desc())
        .limit(page.limit + 1)
    )


async def listed(
    db: AsyncConnection, actor: Actor, page: PageQuery, asked: Asked, through: Scan
) -> list[AnyRow]:
    return list((await db.execute(page_of(actor, page, asked, through))).all())


async def count(db: AsyncConnection, actor: Actor, asked: Asked) -> int:
    query = select(func.count()).select_from(deliveries)
    seen = auth_policy.predicate(actor, "deliveries.view", deliveries)
    narrowed = query.where(seen, *_served(asked), *_sieve(asked, deliveries))
    return int((await db.execute(narrowed)).scalar_one())


async def by_id(db: AsyncConnection, name: str) -> AnyRow | None:
    """One delivery with its body and log."""
    query = select(*_shown(deliveries), deliveries.c.body, deliveries.c.log, endpoints.c.url)
    found = query.select_from(_joined(deliveries)).where(deliveries.c.id == name)
    return (await db.execute(found)).one_or_none()


async def locked(db: AsyncConnection, name: str) -> AnyRow | None:
    query = select(deliveries).where(deliveries.c.id == name).with_for_update()
    return (await db.execute(query)).one_or_none()


async def is_endpoint(db: AsyncConnection, actor: Actor, number: int) -> bool:
    """Whether there is such an endpoint: one of the actor's bots, or called for them."""
    called = exists().where(
        deliveries.c.endpoint_id == endpoints.c.id,
        auth_policy.predicate(actor, "deliveries.retry", deliveries),
    )
    own = auth_policy.predicate(actor, "deliveries.retry", endpoints)
    query = select(endpoints.c.id).where(
        endpoints.c.id == number, endpoints.c.status != "deleted", or_(own, called)
    )
    return (await db.execute(query)).first() is not None


RESTORED = (endpoints.c.status == "paused", endpoints.c.disabled_reason == "restored")


async def held(db: AsyncConnection, actor: Actor) -> list[AnyRow]:
    """Endpoints that a restore has paused, each with how much waits for it, and since when."""
    waits = (deliveries.c.endpoint_id == endpoints.c.id) & deliveries.c.status.in_(OPEN)
    query = (
        select(
            *(endpoints.c.id, endpoints.c.name, endpoints.c.kind, endpoints.c.bot_id),
            func.count(deliveries.c.id).label("waiting"),
            func.min(deliveries.c.created_at).label("oldest_at"),
        )
        .select_from(endpoints.outerjoin(deliveries, waits))
        .where(*RESTORED, auth_policy.predicate(actor, "deliveries.view", endpoints))
        .group_by(endpoints.c.id)
        .order_by(endpoints.c.name, endpoints.c.id)
    )
    return list((await db.execute(query)).all())


async def held_endpoint(db: AsyncConnection, number: int) -> AnyRow | None:
    query = select(endpoints).where(endpoints.c.id == number, *RESTORED).with_for_update()
    return (await db.execute(query)).one_or_none()


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
