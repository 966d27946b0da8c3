"""Pages of requests, and how many there are."""

import functools
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, false, func, literal_column, select
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit import auth_policy
from connective.kit.auth_policy import Actor
from connective.kit.db.metadata import Moment
from connective.kit.db.rows import AnyRow
from connective.kit.db.statement import Statement, compiled
from connective.kit.paging import PageQuery
from connective.modules.requests.models import QUEUE, requests
from connective.modules.requests.permissions import REACH
from connective.modules.requests.reading.asked import Asked
from connective.modules.requests.reading.queries.columns import SHOWN, UNCLOSED, joined
from connective.modules.requests.reading.queries.narrowing import VIEW, narrowed
from connective.modules.requests.reading.queries.order import behind_cursor, keys_of, sort_of

# So many are looked through for somebody's page before his share is looked up.
NEAR = 2000
_BEGINNING = {
    "id": literal_column("0"),
    "last_message_at": literal_column("'-infinity'::timestamptz", Moment),
}


@functools.lru_cache(maxsize=1000)
def _first_page(actor: Actor, page: PageQuery, asked: Asked, *, near: bool) -> Statement:
    """The same person reads the same list again and again."""
    return compiled(list_statement(actor, page, asked, near=near))


async def first_page(driver: Any, actor: Actor, page: PageQuery, asked: Asked) -> list[Any]:
    """As `listed` from the beginning, by the driver alone; tags are JSON."""
    near = may_be_near(actor, page, asked)
    statement = _first_page(actor, page, asked, near=near)
    rows = list(await driver.fetch(statement.text, *statement.arguments()))
    if near and len(rows) <= page.limit:
        statement = _first_page(actor, page, asked, near=False)
        rows = list(await driver.fetch(statement.text, *statement.arguments()))
    return rows


async def listed(db: AsyncConnection, actor: Actor, page: PageQuery, asked: Asked) -> list[AnyRow]:
    """One more row than the page holds."""
    near = may_be_near(actor, page, asked)
    rows = list((await db.execute(list_statement(actor, page, asked, near=near))).all())
    if near and len(rows) <= page.limit:
        rows = list((await db.execute(list_statement(actor, page, asked))).all())
    return rows


def list_statement(
    actor: Actor, page: PageQuery, asked: Asked, *, near: bool = False
) -> Select[*tuple[Any, ...]]:
    """What a list asks the database: the rows of the page first, then what is shown of them.

    `near`: only of the next ones in order, which is enough when they fill the page.
    """
    sort = sort_of(page)
    keys = keys_of(sort)
    places = select(requests.c.id, *(key.label(f"k{n}") for n, (key, _) in enumerate(keys)))
    places = places.where(*narrowed(actor, asked, sort=sort))
    if (behind := behind_cursor(page, sort)) is not None:
        places = places.where(behind)
    if near:
        places = places.where(_nearest(page, sort))
    if _has_little(actor) and not near:
        share = places.offset(literal_column("0")).subquery()
        order = [side(share.c[f"k{n}"]) for n, (_, side) in enumerate(keys)]
        places = select(share.c.id).order_by(*order)
    else:
        places = places.order_by(*(side(key) for key, side in keys))
    picked = places.limit(page.limit + 1).subquery()
    shown = joined.join(picked, picked.c.id == requests.c.id)
    return select(*SHOWN).select_from(shown).order_by(*(side(key) for key, side in keys))


def _has_little(actor: Actor) -> bool:
    """Whether his share is found by its own indexes, sooner than by going through all in order.

    `OFFSET 0` keeps PostgreSQL from doing the latter in the hope of a page being full early.
    """
    return not auth_policy.sees_all(actor, REACH)


def may_be_near(actor: Actor, page: PageQuery, asked: Asked) -> bool:
    """Whether somebody's share may well fill a page within the next ones of everybody's."""
    dense = asked.folder in (None, "all", "closed") and asked.search is None
    return _has_little(actor) and dense and sort_of(page) != "waiting"


def _nearest(page: PageQuery, sort: str) -> ColumnElement[bool]:
    key: Column[Any] = requests.c["id" if sort == "created_at" else sort]
    places = select(key.label("place")).where(key.is_not(None))
    if (behind := behind_cursor(page, sort)) is not None:
        places = places.where(behind)
    last = places.order_by(*(side(part) for part, side in keys_of(sort))).offset(NEAR).limit(1)
    return key >= func.coalesce(last.correlate(None).scalar_subquery(), _BEGINNING[key.name])


async def count(db: AsyncConnection, actor: Actor, page: PageQuery, asked: Asked) -> int:
    query = select(func.count()).select_from(requests)
    query = query.where(*narrowed(actor, asked, sort=sort_of(page)))
    return int((await db.execute(query)).scalar_one())


async def counts(db: AsyncConnection, actor: Actor) -> AnyRow:
    """How many unclosed requests each folder holds."""
    mine = requests.c.assignee_id == actor.id if actor.kind == "user" else false()
    query = select(
        func.count().filter(mine).label("my"),
        func.count().filter(mine, requests.c.unread > 0).label("my_unread"),
        func.count()
        .filter(requests.c.assignee_id.is_(None), requests.c.state != QUEUE)
        .label("unassigned"),
        func.count().filter(requests.c.state == QUEUE).label("queue"),
        func.count().label("all"),
    ).where(UNCLOSED, auth_policy.predicate(actor, VIEW, requests))
    return (await db.execute(query)).one()
