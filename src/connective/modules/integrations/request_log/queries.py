"""Reads of the request log."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit import auth_policy
from connective.kit.auth_policy import Actor
from connective.kit.db.rows import AnyRow
from connective.kit.paging import PageQuery
from connective.modules.accounts.models import api_keys
from connective.modules.integrations.request_log.models import request_log

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


_joined = request_log.outerjoin(api_keys, api_keys.c.id == request_log.c.key_id)
_prefix = api_keys.c.prefix.label("key_prefix")
_listed: list[Any] = [*(c for c in request_log.c if c.name not in BODIES), _prefix]


def _narrowed(actor: Actor, asked: Asked) -> list[ColumnElement[bool]]:
    table = request_log.c
    found = [auth_policy.predicate(actor, VIEW, request_log)]
    for name in ("direction", "source", "bot_id", "key_id", "run_id"):
        value = getattr(asked, name)
        if value is not None:
            found.append(table[name] == value)
    if asked.status in CLASSES:
        first = CLASSES[asked.status]
        found.append(table.status.between(first, first + 99))
    elif asked.status is not None:
        found.append(table.status.is_(None))
    if asked.text:
        found.append(table.url.icontains(asked.text, autoescape=True))
    if asked.since is not None:
        found.append(table.at >= asked.since)
    if asked.until is not None:
        found.append(table.at < asked.until)
    return found


async def listed(db: AsyncConnection, actor: Actor, page: PageQuery, asked: Asked) -> list[AnyRow]:
    """The newest first, without bodies; one more row than the page holds."""
    query = (
        select(*_listed)
        .select_from(_joined)
        .where(*_narrowed(actor, asked))
        .order_by(request_log.c.at.desc(), request_log.c.id.desc())
        .limit(page.limit + 1)
    )
    after = page.after(datetime, int)
    if after is not None:
        query = query.where(tuple_(request_log.c.at, request_log.c.id) < after)
    return list((await db.execute(query)).all())


async def count(db: AsyncConnection, actor: Actor, asked: Asked) -> int:
    query = select(func.count()).select_from(request_log).where(*_narrowed(actor, asked))
    return int((await db.execute(query)).scalar_one())


async def by_id(db: AsyncConnection, number: int) -> AnyRow | None:
    """One request with its bodies."""
    query = select(request_log, _prefix).select_from(_joined).where(request_log.c.id == number)
    return (await db.execute(query)).one_or_none()


def before(moment: datetime, *, limit: int) -> Select[tuple[int]]:
    """The oldest requests of before."""
    oldest = select(request_log.c.id).where(request_log.c.at < moment)
    return oldest.order_by(request_log.c.at, request_log.c.id).limit(limit)
