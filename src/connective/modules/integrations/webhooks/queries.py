"""Reads of webhooks, and of what their bodies show."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, func, select, text, tuple_
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit import auth_policy
from connective.kit.auth_policy import Actor
from connective.kit.db.rows import AnyRow
from connective.kit.outbox.models import deliveries, endpoints, lanes
from connective.kit.paging import PageQuery
from connective.modules.accounts.models import users
from connective.modules.bots.models import bots
from connective.modules.clients.models import clients, contacts
from connective.modules.dialogs.models import dialogs, messages
from connective.modules.integrations.call_node.models import run_depths
from connective.modules.integrations.webhooks.models import event_secrets, subscriptions
from connective.modules.requests.models import requests
from connective.modules.settings.models import instance
from connective.modules.topics.models import tags, topics
from connective.modules.turns.models import runs

KIND, ADDRESS = "webhook", "event_url"
ADDRESS_KEY: list[Any] = [endpoints.c.bot_id, text("md5(url)")]
SORTS = ("id", "name", "created_at")
# Calls that wait in their lanes, found by the index of what is due.
_waiting = (
    select(func.coalesce(func.sum(lanes.c.sequence - lanes.c.head + 1), 0).cast(BigInteger))
    .where(
        lanes.c.endpoint_id == endpoints.c.id,
        lanes.c.next_at.is_not(None),
        lanes.c.owner.is_(None),
    )
    .scalar_subquery()
)
_joined = subscriptions.join(endpoints, endpoints.c.id == subscriptions.c.endpoint_id)
_columns: list[Any] = [
    endpoints,
    subscriptions.c.events,
    subscriptions.c.bot_ids,
    subscriptions.c.subject_ids,
    _waiting.label("waiting"),
]
_kept = [endpoints.c.kind == KIND, endpoints.c.status != "deleted"]


async def by_id(db: AsyncConnection, number: int, *, lock: bool = False) -> AnyRow | None:
    query = select(*_columns).select_from(_joined).where(*_kept, endpoints.c.id == number)
    if lock:
        query = query.with_for_update(of=endpoints)
    return (await db.execute(query)).one_or_none()


async def listed(db: AsyncConnection, actor: Actor, asked: PageQuery) -> list[AnyRow]:
    """One more row than the page holds; `sort_key` is what the cursor is made of."""
    name = (asked.sort or "id").lstrip("-")
    down = (asked.sort or "").startswith("-")
    key: ColumnElement[Any] = endpoints.c[name]
    seen = auth_policy.predicate(actor, "webhooks.view", subscriptions)
    query = select(*_columns, key.label("sort_key")).select_from(_joined).where(*_kept, seen)
    after = asked.after(key.type.python_type, int)
    if after is not None:
        here = tuple_(key, endpoints.c.id)
        query = query.where(here < after if down else here > after)
    order = (key.desc(), endpoints.c.id.desc()) if down else (key, endpoints.c.id)
    return list((await db.execute(query.order_by(*order).limit(asked.limit + 1))).all())


async def unknown_bots(db: AsyncConnection, wanted: Collection[int]) -> list[int]:
    """Those of the ids that are no bot."""
    query = select(bots.c.id).where(bots.c.id.in_(wanted), bots.c.archived_at.is_(None))
    found = set((await db.execute(query)).scalars())
    return sorted(set(wanted) - found)


async def hearing(db: AsyncConnection) -> list[AnyRow]:
    """Every webhook that events are kept for: the paused and the disabled ones too."""
    query = select(
        endpoints.c.id,
        endpoints.c.url,
        endpoints.c.created_at,
        subscriptions.c.events,
        subscriptions.c.bot_ids,
        subscriptions.c.subject_ids,
    )
    return list((await db.execute(query.select_from(_joined).where(*_kept))).all())


async def instance_mark(db: AsyncConnection) -> tuple[str, int]:
    """The instance's id and epoch."""
    row = (await db.execute(select(instance.c.id, instance.c.epoch))).one_or_none()
    return (row.id, row.epoch) if row else ("", 1)


async def said_already(db: AsyncConnection, event_ids: Collection[str]) -> set[tuple[str, int]]:
    """(event id, endpoint) pairs that have their delivery."""
    query = select(deliveries.c.webhook_id, deliveries.c.endpoint_id).where(
        deliveries.c.kind.in_((KIND, ADDRESS)), deliveries.c.webhook_id.in_(event_ids)
    )
    return {(row.webhook_id, row.endpoint_id) for row in await db.execute(query)}


_PERSON: list[Any] = [
    dialogs.c.id.label("dialog_id"),
    dialogs.c.bot_id,
    dialogs.c.channel,
    dialogs.c.chat_id,
    contacts.c.id.label("contact_id"),
    contacts.c.display_name,
    contacts.c.username,
    clients.c.id.label("client_id"),
    clients.c.first_name,
    clients.c.last_name,
    clients.c.phone,
    clients.c.email,
    clients.c.external_id,
    clients.c.last_utm,
]
_person = contacts.join(clients, clients.c.id == contacts.c.client_id).outerjoin(
    dialogs, dialogs.c.contact_id == contacts.c.id
)


async def people(
    db: AsyncConnection, *, dialog_ids: Collection[int], contact_ids: Collection[int]
) -> list[AnyRow]:
    """Contacts with their client and dialog."""
    query = (
        select(*_PERSON)
        .select_from(_person)
        .where(dialogs.c.id.in_(dialog_ids) | contacts.c.id.in_(contact_ids))
    )
    return list((await db.execute(query)).all())


async def messages_by_id(db: AsyncConnection, wanted: Collection[int]) -> dict[int, AnyRow]:
    rows = await db.execute(select(messages).where(messages.c.id.in_(wanted)))
    return {row.id: row for row in rows}


async def depths(
    db: AsyncConnection, *, message_ids: Collection[int], run_ids: Collection[int]
) -> tuple[dict[int, int], dict[int, int]]:
    """How deep in a circle of our own calls messages and runs lie; those that do not are absent."""
    by_message = (
        select(messages.c.id, run_depths.c.depth)
        .join(run_depths, run_depths.c.run_id == messages.c.run_id)
        .where(messages.c.id.in_(message_ids), messages.c.direction == "out")
    )
    by_run = select(run_depths.c.run_id, run_depths.c.depth)
    by_run = by_run.where(run_depths.c.run_id.in_(run_ids))
    found = [(await db.execute(query)).all() for query in (by_message, by_run)]
    said, run = ({row[0]: row[1] for row in rows} for rows in found)
    return said, run


async def depths_of_dialogs(db: AsyncConnection, wanted: Collection[int]) -> dict[int, int]:
    """How deep the newest run of each dialog lies; those where it does not are absent."""
    newest = select(func.max(runs.c.id)).where(runs.c.dialog_id.in_(wanted))
    query = (
        select(runs.c.dialog_id, run_depths.c.depth)
        .join(run_depths, run_depths.c.run_id == runs.c.id)
        .where(runs.c.id.in_(newest.group_by(runs.c.dialog_id)))
    )
    return {row[0]: row[1] for row in await db.execute(query)}


async def rooms(db: AsyncConnection, wanted: Collection[int]) -> list[AnyRow]:
    """Chats with operators, with their topic and with what decides who may see them."""
    names = ("id", "bot_id", "state", "subject_id", "assignee_id", "tag_ids", "comment", "source")
    seen_by = ("participants", "group_ids", "shown_to")
    query = (
        select(
            *(requests.c[name] for name in (*names, *seen_by)),
            topics.c.alias.label("subject_alias"),
            topics.c.name.label("subject_name"),
        )
        .outerjoin(topics, topics.c.id == requests.c.subject_id)
        .where(requests.c.id.in_(wanted))
    )
    return list((await db.execute(query)).all())


async def rooms_of_messages(db: AsyncConnection, wanted: Collection[int]) -> dict[int, int]:
    """The chats that messages belong to; those of bots alone are absent."""
    query = select(messages.c.id, messages.c.request_id)
    query = query.where(messages.c.id.in_(wanted), messages.c.request_id.is_not(None))
    return {row[0]: row[1] for row in await db.execute(query)}


async def tag_names(db: AsyncConnection, wanted: Collection[int]) -> dict[int, str]:
    rows = await db.execute(select(tags.c.id, tags.c.name).where(tags.c.id.in_(wanted)))
    return {row[0]: row[1] for row in rows}


async def people_of_panel(db: AsyncConnection, wanted: Collection[int]) -> list[AnyRow]:
    """Operators by name and address."""
    query = select(users.c.id, users.c.first_name, users.c.last_name, users.c.email)
    return list((await db.execute(query.where(users.c.id.in_(wanted)))).all())


async def address(db: AsyncConnection, bot_id: int, url: str) -> AnyRow | None:
    """The endpoint of an address that a bot's scenario gave."""
    query = select(endpoints).where(
        endpoints.c.kind == ADDRESS,
        endpoints.c.bot_id == bot_id,
        func.md5(endpoints.c.url) == func.md5(url),
    )
    return (await db.execute(query)).one_or_none()


async def event_secret(db: AsyncConnection, bot_id: int, *, lock: bool = False) -> AnyRow | None:
    query = select(event_secrets).where(event_secrets.c.bot_id == bot_id)
    return (await db.execute(query.with_for_update() if lock else query)).one_or_none()


async def event_url_bots(db: AsyncConnection, actor: Actor) -> list[AnyRow]:
    """Bots that the actor may set webhooks up for, with what is known of their addresses."""
    urls = (
        select(
            endpoints.c.bot_id,
            func.count().label("addresses"),
            func.count()
            .filter(endpoints.c.failing_since.is_not(None) | (endpoints.c.status != "active"))
            .label("failing"),
            func.max(endpoints.c.last_success_at).label("last_success_at"),
        )
        .where(endpoints.c.kind == ADDRESS)
        .group_by(endpoints.c.bot_id)
        .subquery()
    )
    own = select(bots, array([bots.c.id]).label("bot_ids")).subquery()
    query = (
        select(
            own.c.id.label("bot_id"),
            own.c.name.label("bot_name"),
            event_secrets.c.bot_id.is_not(None).label("signed"),
            event_secrets.c.old_secret_until,
            func.coalesce(urls.c.addresses, 0).label("addresses"),
            func.coalesce(urls.c.failing, 0).label("failing"),
            urls.c.last_success_at,
        )
        .select_from(
            own.outerjoin(event_secrets, event_secrets.c.bot_id == own.c.id).outerjoin(
                urls, urls.c.bot_id == own.c.id
            )
        )
        .where(own.c.archived_at.is_(None), auth_policy.predicate(actor, "webhooks.view", own))
        .order_by(func.lower(own.c.name), own.c.id)
    )
    return list((await db.execute(query)).all())


async def event_urls(db: AsyncConnection, bot_id: int, asked: PageQuery) -> list[AnyRow]:
    """limit + 1 addresses of a bot, the latest first."""
    query = select(endpoints, _waiting.label("waiting")).where(
        endpoints.c.kind == ADDRESS, endpoints.c.bot_id == bot_id
    )
    after = asked.after(int)
    if after is not None:
        query = query.where(endpoints.c.id < after[0])
    found = await db.execute(query.order_by(endpoints.c.id.desc()).limit(asked.limit + 1))
    return list(found.all())


def unused_addresses(moment: datetime) -> Select[tuple[int]]:
    """Addresses that scenarios gave and that no event has gone to since then."""
    return select(endpoints.c.id).where(
        endpoints.c.kind == ADDRESS, endpoints.c.created_at < moment
    )
