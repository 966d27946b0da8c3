"""Every SELECT of the reading of requests."""

import functools
import re
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Select,
    and_,
    asc,
    case,
    desc,
    false,
    func,
    literal,
    literal_column,
    or_,
    select,
    tuple_,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit import auth_policy
from connective.kit.auth_policy import Actor
from connective.kit.db.metadata import Moment
from connective.kit.db.rows import AnyRow
from connective.kit.db.statement import Statement, compiled
from connective.kit.paging import PageQuery
from connective.modules.accounts.models import users
from connective.modules.clients.models import clients, contacts
from connective.modules.dialogs.models import messages
from connective.modules.requests.conversation.queries import names_file
from connective.modules.requests.models import CLOSED, QUEUE, STATES, request_history, requests
from connective.modules.requests.permissions import REACH
from connective.modules.requests.reading.asked import SORTS, Asked
from connective.modules.topics.models import tags, topics

Key = tuple[ColumnElement[Any], Callable[[Any], ColumnElement[Any]]]
VIEW = "requests.view"
HISTORY = "requests.history"
UNCLOSED = requests.c.state != CLOSED
# An index of the words of all messages would cost every turn of every bot: words are looked for
# in this many requests of those that were spoken in last.
SEARCHED = 2000
# So many are looked through for somebody's page before his share is looked up.
NEAR = 2000
NUMBER = re.compile(r"(#?)(\d{1,18})")
PHONE = re.compile(r"[+\d\s().-]+")
NAME = clients.c.first_name + " " + clients.c.last_name
CALLED = contacts.c.display_name + " " + contacts.c.username
_NEVER = literal_column("'9999-12-31 00:00:00+00'::timestamptz", Moment)
_BEGINNING = {
    "id": literal_column("0"),
    "last_message_at": literal_column("'-infinity'::timestamptz", Moment),
}
# Since when the client waits for an answer.
WAITING_SINCE = case(
    (requests.c.last_reply_at.is_(None), requests.c.created_at),
    (requests.c.last_client_at > requests.c.last_reply_at, requests.c.last_client_at),
    else_=_NEVER,
)
_TAGS = (
    select(
        func.jsonb_agg(
            aggregate_order_by(
                func.jsonb_build_object(
                    "id", tags.c.id, "name", tags.c.name, "color", tags.c.color
                ),
                tags.c.name,
            )
        )
    )
    .where(tags.c.id == func.any(requests.c.tag_ids))
    .scalar_subquery()
)
_UNSHOWN = {"group_ids", "source", "participants", "shown_to", "tag_ids", "taken_from_id"}
_SHOWN: list[Any] = [
    *(column for column in requests.c if column.name not in _UNSHOWN),
    contacts.c.display_name,
    contacts.c.username,
    contacts.c.chat_id,
    contacts.c.origin,
    contacts.c.blocked_at,
    contacts.c.blocked_until,
    clients.c.first_name,
    clients.c.last_name,
    clients.c.phone.label("client_phone"),
    topics.c.name.label("topic_name"),
    topics.c.color.label("topic_color"),
    users.c.first_name.label("assignee_first_name"),
    users.c.last_name.label("assignee_last_name"),
    case((func.cardinality(requests.c.tag_ids) > 0, _TAGS)).label("tags"),
    WAITING_SINCE.label("waiting_since"),
]
_WHOLE: list[Any] = [
    *_SHOWN,
    *(requests.c[name] for name in sorted(_UNSHOWN)),
    clients.c.email,
    clients.c.external_id,
    clients.c.language,
    contacts.c.block_reason,
    contacts.c.subscribed,
    contacts.c.subscription_why,
    contacts.c.utm,
    clients.c.first_utm,
    clients.c.last_utm,
    clients.c.extra_data["crm_record_url"].astext.label("record_url"),
]
_joined = (
    requests.join(contacts, contacts.c.id == requests.c.contact_id)
    .join(clients, clients.c.id == requests.c.client_id)
    .outerjoin(topics, topics.c.id == requests.c.subject_id)
    .outerjoin(users, users.c.id == requests.c.assignee_id)
)


def _folder(actor: Actor, asked: Asked) -> list[ColumnElement[bool]]:
    """`all` holds the closed ones too."""
    state, assignee = requests.c.state, requests.c.assignee_id
    match asked.folder:
        case "my":
            return [assignee == actor.id if actor.kind == "user" else false(), UNCLOSED]
        case "unassigned":
            return [assignee.is_(None), state.not_in((QUEUE, CLOSED))]
        case "queue":
            return [state == QUEUE]
        case "closed":
            return [state == CLOSED]
    return []


def narrowed(actor: Actor, asked: Asked, *, sort: str = "") -> list[ColumnElement[bool]]:
    """The conditions of a list, a count or a search: what the actor sees of what was asked."""
    found: list[ColumnElement[bool]] = [auth_policy.predicate(actor, VIEW, requests)]
    found += _folder(actor, asked)
    if asked.state is not None:
        found.append(requests.c.state == STATES[asked.state])
    for name in ("type", "subject_id", "assignee_id", "bot_id", "client_id", "channel"):
        value = getattr(asked, name)
        if value is not None:
            found.append(requests.c[name] == value)
    if asked.since is not None:
        found.append(requests.c.created_at >= asked.since)
    if asked.until is not None:
        found.append(requests.c.created_at < asked.until)
    tags = {"utm_source": asked.utm_source, "utm_campaign": asked.utm_campaign}
    for name, tag in tags.items():
        if tag is not None:
            came = select(contacts.c.id).where(contacts.c.utm[name].astext == tag)
            found.append(requests.c.contact_id.in_(came))
    if sort == "waiting":
        found.append(UNCLOSED)
    if asked.search is not None:
        found.append(_matches(asked.search, found))
    return found


def _matches(search: str, seen: Sequence[ColumnElement[bool]]) -> ColumnElement[bool]:
    """By number, name, username, e-mail, phone; by words of what was spoken in last."""
    number = NUMBER.fullmatch(search.strip())
    if number is not None and number[1]:
        return requests.c.id == int(number[2])
    whole = "%" + search.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_") + "%"
    named = [clients.c.email.ilike(whole), NAME.ilike(whole)]
    digits = "".join(filter(str.isdigit, search))
    if len(digits) >= 3 and PHONE.fullmatch(search):
        named.append(clients.c.phone.like(f"%{digits}%"))
    found: list[ColumnElement[bool]] = [
        requests.c.client_id.in_(select(clients.c.id).where(or_(*named))),
        requests.c.contact_id.in_(select(contacts.c.id).where(CALLED.ilike(whole))),
        requests.c.id.in_(_spoken_of(search, whole, seen)),
    ]
    if number is not None:
        found.append(requests.c.id == int(number[2]))
    return or_(*found)


def _spoken_of(search: str, whole: str, seen: Sequence[ColumnElement[bool]]) -> Select[tuple[int]]:
    latest = (
        select(requests.c.id, requests.c.dialog_id, requests.c.first_seq)
        .where(*seen)
        .order_by(requests.c.last_message_at.desc())
        .limit(SEARCHED)
        .subquery()
    )
    said = (
        select(messages.c.id)
        .where(messages.c.dialog_id == latest.c.dialog_id, messages.c.seq >= latest.c.first_seq)
        .where(messages.c.request_id == latest.c.id, messages.c.deleted_at.is_(None))
        .where(or_(messages.c.text.ilike(whole), names_file(search)))
    )
    return select(latest.c.id).where(said.exists())


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
    keys = _keys(sort)
    places = select(requests.c.id, *(key.label(f"k{n}") for n, (key, _) in enumerate(keys)))
    places = places.where(*narrowed(actor, asked, sort=sort))
    if (behind := _behind(page, sort)) is not None:
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
    shown = _joined.join(picked, picked.c.id == requests.c.id)
    return select(*_SHOWN).select_from(shown).order_by(*(side(key) for key, side in keys))


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
    if (behind := _behind(page, sort)) is not None:
        places = places.where(behind)
    last = places.order_by(*(side(part) for part, side in _keys(sort))).offset(NEAR).limit(1)
    return key >= func.coalesce(last.correlate(None).scalar_subquery(), _BEGINNING[key.name])


def sort_of(page: PageQuery) -> str:
    """What the list is sorted by; each has one direction, so that a minus says nothing new."""
    return (page.sort or SORTS[0]).removeprefix("-")


def _keys(sort: str) -> list[Key]:
    if sort == "waiting":
        return [(WAITING_SINCE, asc), (requests.c.id, asc)]
    # numbers rise with the time of their making
    if sort == "created_at":
        return [(requests.c.id, desc)]
    return [(requests.c[sort], desc), (requests.c.id, desc)]


def _behind(page: PageQuery, sort: str) -> ColumnElement[bool] | None:
    """What stands behind the cursor of the page before."""
    last = page.after(datetime, int)
    if last is None:
        return None
    behind: ColumnElement[bool]
    if sort == "waiting":
        behind = tuple_(WAITING_SINCE, requests.c.id) > _place(last)
    elif sort == "created_at":
        behind = requests.c.id < last[1]
    else:
        behind = tuple_(requests.c[sort], requests.c.id) < _place(last)
    return behind


def _place(last: tuple[Any, ...]) -> Any:
    return tuple_(literal(last[0], Moment), literal(last[1]))


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


async def one(db: AsyncConnection, request_id: int) -> AnyRow | None:
    """A request with everything that the panel shows of it and that the rule table asks."""
    others = requests.alias()
    unclosed = select(others.c.id).where(
        others.c.dialog_id == requests.c.dialog_id, others.c.state != CLOSED
    )
    query = select(*_WHOLE, unclosed.correlate(requests).exists().label("dialog_has_one"))
    found = query.select_from(_joined).where(requests.c.id == request_id)
    return (await db.execute(found)).one_or_none()


async def by_ids(db: AsyncConnection, ids: Sequence[int]) -> dict[int, AnyRow]:
    query = select(*_WHOLE).select_from(_joined).where(requests.c.id.in_(ids))
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
