"""Reads of the request log."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, FromClause, Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit import auth_policy
from connective.kit.auth_policy import Actor
from connective.kit.db.rows import AnyRow
from connective.kit.paging import PageQuery
from connective.modules.accounts.models import api_keys
from connective.modules.integrations.request_log.models import request_log
from connective.modules.integrations.scanning.queries import Scan

VIEW = "request_log.view"
BODIES = ("request_headers", "request_body", "response_headers", "response_body")
CLASSES = {"2xx": 200, "3xx": 300, "4xx": 400, "5xx": 500}


class Asked(msgspec.Struct, frozen=True):
    """What the list is narrowed to. `status`: one of CLASSES, or `none` where no answer came."""

    direction: str | None = None
    source: str | None = None
    status: str | None = None
    bot_id: int | None = None
    key_id: int | None = None
    run_id: int | None = None
    text: str | None = None
    since: datetime | None = None
    until: datetime | None = None


_prefix = api_keys.c.prefix.label("key_prefix")
# Rows that one page looks through at most.
LOOKED_THROUGH = 20_000
SERVED, SIEVED = ("source", "bot_id", "key_id"), ("direction", "run_id")


def _joined(log: Any) -> FromClause:
    """With the keys. `log` is the table or a part of it."""
    joined: FromClause = log.outerjoin(api_keys, api_keys.c.id == log.c.key_id)
    return joined


def _served(asked: Asked) -> list[ColumnElement[bool]]:
    """What an index narrows by itself."""
    table = request_log.c
    found = []
    for name in SERVED:
        value = getattr(asked, name)
        if value is not None:
            found.append(table[name] == value)
    if asked.since is not None:
        found.append(table.at >= asked.since)
    if asked.until is not None:
        found.append(table.at < asked.until)
    return found


def _sieve(asked: Asked, log: Any) -> list[ColumnElement[bool]]:
    """What has to be looked at row by row."""
    found = []
    for name in SIEVED:
        value = getattr(asked, name)
        if value is not None:
            found.append(log.c[name] == value)
    if asked.status in CLASSES:
        first = CLASSES[asked.status]
        found.append(log.c.status.between(first, first + 99))
    elif asked.status is not None:
        found.append(log.c.status.is_(None))
    if asked.text:
        found.append(log.c.url.icontains(asked.text, autoescape=True))
    return found


def scan(page: PageQuery, asked: Asked) -> Scan:
    return Scan(
        table=request_log,
        at="at",
        served=_served(asked),
        after=page.after(datetime, int),
        most=LOOKED_THROUGH,
    )


async def listed(
    db: AsyncConnection, actor: Actor, page: PageQuery, asked: Asked, through: Scan
) -> list[AnyRow]:
    """The newest first, without bodies; one more row than the page holds."""
    part = through.part()
    query = (
        select(*(c for c in part.c if c.name not in BODIES), _prefix)
        .select_from(_joined(part))
        .where(auth_policy.predicate(actor, VIEW, part), *_sieve(asked, part))
        .order_by(part.c.at.desc(), part.c.id.desc())
        .limit(page.limit + 1)
    )
    return list((await db.execute(query)).all())


async def count(db: AsyncConnection, actor: Actor, asked: Asked) -> int:
    seen = auth_policy.predicate(actor, VIEW, request_log)
    query = select(func.count()).select_from(request_log)
    query = query.where(seen, *_served(asked), *_sieve(asked, request_log))
    return int((await db.execute(query)).scalar_one())


async def by_id(db: AsyncConnection, number: int) -> AnyRow | None:
    """One request with its bodies."""
    query = select(request_log, _prefix).select_from(_joined(request_log))
    query = query.where(request_log.c.id == number)
    return (await db.execute(query)).one_or_none()


def before(moment: datetime, *, limit: int) -> Select[tuple[int]]:
    """The oldest requests of before."""
    oldest = select(request_log.c.id).where(request_log.c.at < moment)
    return oldest.order_by(request_log.c.at, request_log.c.id).limit(limit)
