"""Every SELECT of the dialogs module."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, literal, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit import auth_policy
from connective.kit.auth_policy import Actor
from connective.kit.db.metadata import Moment
from connective.kit.db.rows import AnyRow
from connective.kit.paging import PageQuery
from connective.modules.clients.models import clients, contacts
from connective.modules.clients.service import Person
from connective.modules.dialogs.models import dialogs, messages
from connective.modules.dialogs.thread import Key, Thread

# A dialog that another transaction holds comes back with an empty id, so that it stalls nobody.
_LOCK = """
SELECT c.account_id, c.chat_id, c.id AS contact_id, c.client_id, c.user_id, c.username,
       c.display_name, c.origin, p.first_name, p.last_name, p.phone, p.email, p.external_id,
       p.language AS person_language,
       c.blocked_at IS NOT NULL AND (c.blocked_until IS NULL OR c.blocked_until > now()) AS blocked,
       c.subscribed, c.subscription_why, a.bot_id, a.channel, a.endpoint_id, d.id, d.owner, d.epoch,
       d.seq, d.state::text AS state, d.waiting, d.node_id, d.run_id, d.call_id, d.request_id,
       d.parked, d.deadline_at, d.language, d.last_message_id, d.last_message_at
FROM unnest($1::bigint[], $2::text[]) AS k(account_id, chat_id)
JOIN contacts c ON c.account_id = k.account_id AND c.chat_id = k.chat_id
JOIN clients p ON p.id = c.client_id
JOIN channel_accounts a ON a.id = c.account_id
LEFT JOIN LATERAL (SELECT * FROM dialogs WHERE contact_id = c.id FOR UPDATE SKIP LOCKED) d ON true
"""
_LOCK_AND_WAIT = _LOCK.replace(" SKIP LOCKED", "")
_READ = _LOCK.replace(" FOR UPDATE SKIP LOCKED", "")
_ACCOUNTS = "SELECT id, bot_id, channel, endpoint_id FROM channel_accounts WHERE id = ANY($1)"


async def locked(driver: Any, keys: Sequence[Key], *, wait: bool) -> dict[Key, Thread | None]:
    """Dialogs of the keys under lock; None for one that is busy, absent when it does not exist."""
    rows = await driver.fetch(
        _LOCK_AND_WAIT if wait else _LOCK, [k[0] for k in keys], [k[1] for k in keys]
    )
    return {(row["account_id"], row["chat_id"]): _thread(row) for row in rows}


async def read(driver: Any, key: Key) -> Thread | None:
    """A dialog as it is now, without a lock: to be told of, not to be written."""
    rows = await driver.fetch(_READ, [key[0]], [key[1]])
    return _thread(rows[0]) if rows else None


async def account_of_endpoint(driver: Any, endpoint_id: int) -> int | None:
    """The account whose calls go out through an endpoint."""
    found: int | None = await driver.fetchval(
        "SELECT id FROM channel_accounts WHERE endpoint_id = $1", endpoint_id
    )
    return found


async def accounts(driver: Any, ids: Sequence[int]) -> dict[int, Any]:
    """Bot, channel and endpoint of channel accounts."""
    return {row["id"]: row for row in await driver.fetch(_ACCOUNTS, list(ids))}


def _thread(row: Any) -> Thread | None:
    if row["id"] is None:
        return None
    person = Person(
        row["client_id"],
        row["contact_id"],
        row["user_id"],
        row["username"],
        row["display_name"],
        row["origin"],
        row["first_name"],
        row["last_name"],
        row["phone"],
        row["email"],
        row["external_id"],
        row["person_language"],
        row["blocked"],
        row["subscribed"],
        row["subscription_why"],
    )
    return Thread(
        id=row["id"],
        account_id=row["account_id"],
        bot_id=row["bot_id"],
        channel=row["channel"],
        chat_id=row["chat_id"],
        endpoint_id=row["endpoint_id"],
        person=person,
        owner=row["owner"],
        epoch=row["epoch"],
        seq=row["seq"],
        state=row["state"],
        waiting=row["waiting"],
        node_id=row["node_id"],
        run_id=row["run_id"],
        call_id=row["call_id"],
        request_id=row["request_id"],
        parked=row["parked"],
        deadline_at=row["deadline_at"],
        language=row["language"],
        last_message_id=row["last_message_id"],
        last_message_at=row["last_message_at"],
    )


async def chats_of_messages(
    db: AsyncConnection, account_id: int, *, ids: Sequence[int], external: Sequence[str]
) -> Sequence[AnyRow]:
    """(id, external_id, chat_id) of an account's messages, by our ids or the channel's."""
    found = (
        select(messages.c.id, messages.c.external_id, dialogs.c.chat_id)
        .join(dialogs, dialogs.c.id == messages.c.dialog_id)
        .where(dialogs.c.account_id == account_id)
    )
    own = found.where(messages.c.id.in_(ids))
    theirs = found.where(messages.c.external_id.in_(external))
    return (await db.execute(own.union_all(theirs))).all()


async def chats_of_user(db: AsyncConnection, account_id: int, user_id: str) -> list[str]:
    """Chats of an account in which a user of the channel writes."""
    found = select(contacts.c.chat_id).where(
        contacts.c.account_id == account_id, contacts.c.user_id == user_id
    )
    return list((await db.execute(found)).scalars())


async def message(
    db: AsyncConnection, dialog_id: int, *, message_id: int | None, external_id: str | None
) -> AnyRow | None:
    """The newest message of a dialog by our id, else by the channel's."""
    own = messages.c.id == message_id if message_id else messages.c.external_id == external_id
    found = select(messages).where(messages.c.dialog_id == dialog_id, own)
    return (await db.execute(found.order_by(messages.c.seq.desc()).limit(1))).one_or_none()


SORTS = ("last_message_at", "id")
_LIST = (
    dialogs.c.id,
    dialogs.c.bot_id,
    dialogs.c.channel,
    dialogs.c.chat_id,
    dialogs.c.client_id,
    dialogs.c.owner,
    dialogs.c.waiting,
    dialogs.c.node_id,
    dialogs.c.run_id,
    dialogs.c.parked,
    dialogs.c.deadline_at,
    dialogs.c.language,
    dialogs.c.last_message_at,
    dialogs.c.created_at,
    contacts.c.display_name,
    contacts.c.username,
    contacts.c.origin,
    clients.c.first_name,
    clients.c.last_name,
    clients.c.phone,
    messages.c.text.label("last_text"),
    messages.c.kind.label("last_kind"),
    messages.c.direction.label("last_direction"),
)


async def listed(
    db: AsyncConnection,
    actor: Actor,
    asked: PageQuery,
    *,
    bot_id: int | None = None,
    waiting: str | None = None,
    owner: str | None = None,
    since: datetime | None = None,
    search: str | None = None,
    tags: Mapping[str, str | None],
) -> Sequence[AnyRow]:
    """Dialogs that the actor sees, the latest spoken in first."""
    query = (
        _described()
        .where(auth_policy.predicate(actor, "dialogs.view", dialogs))
        .where(dialogs.c.last_message_at.is_not(None))
        .order_by(dialogs.c.last_message_at.desc(), dialogs.c.id.desc())
        .limit(asked.limit + 1)
    )
    if bot_id is not None:
        query = query.where(dialogs.c.bot_id == bot_id)
    if waiting is not None:
        query = query.where(dialogs.c.waiting == waiting)
    if owner is not None:
        query = query.where(dialogs.c.owner == owner)
    if since is not None:
        query = query.where(dialogs.c.last_message_at >= since)
    if search:
        query = query.where(_matches(search))
    for name, tag in tags.items():
        if tag is not None:
            query = query.where(contacts.c.utm[name].astext == tag)
    if (last := asked.after(datetime, int)) is not None:
        place = tuple_(dialogs.c.last_message_at, dialogs.c.id)
        query = query.where(place < tuple_(literal(last[0], Moment), literal(last[1])))
    return (await db.execute(query)).all()


async def count(db: AsyncConnection, actor: Actor, *, owner: str, since: datetime) -> int:
    """How many dialogs that the actor sees somebody leads, of those spoken in since then."""
    query = (
        select(func.count())
        .select_from(dialogs)
        .where(auth_policy.predicate(actor, "dialogs.view", dialogs))
        .where(dialogs.c.owner == owner, dialogs.c.last_message_at >= since)
    )
    return int((await db.execute(query)).scalar_one())


async def counts_by_bot(db: AsyncConnection, *, owner: str, since: datetime) -> dict[int, int]:
    """The same for every bot, whoever asks."""
    query = (
        select(dialogs.c.bot_id, func.count())
        .where(dialogs.c.owner == owner, dialogs.c.last_message_at >= since)
        .group_by(dialogs.c.bot_id)
    )
    return {bot_id: int(count) for bot_id, count in await db.execute(query)}


def _matches(search: str) -> Any:
    like = "%" + search.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_") + "%"
    names = func.concat_ws(" ", clients.c.first_name, clients.c.last_name, contacts.c.display_name)
    digits = search.lstrip("+")
    return names.ilike(like) | (dialogs.c.chat_id == search) | (clients.c.phone == f"+{digits}")


def _described() -> Select[*tuple[Any, ...]]:
    return (
        select(*_LIST)
        .join(contacts, contacts.c.id == dialogs.c.contact_id)
        .join(clients, clients.c.id == dialogs.c.client_id)
        .outerjoin(messages, messages.c.id == dialogs.c.last_message_id)
    )


async def one(db: AsyncConnection, dialog_id: int) -> AnyRow | None:
    return (await db.execute(_described().where(dialogs.c.id == dialog_id))).one_or_none()


async def by_ids(db: AsyncConnection, ids: Sequence[int]) -> Sequence[AnyRow]:
    return (await db.execute(_described().where(dialogs.c.id.in_(ids)))).all()


async def of_clients(db: AsyncConnection, client_ids: Sequence[int]) -> Sequence[AnyRow]:
    """Every dialog of the clients."""
    return (await db.execute(_described().where(dialogs.c.client_id.in_(client_ids)))).all()


async def messages_by_ids(db: AsyncConnection, ids: Sequence[int]) -> dict[int, AnyRow]:
    found = await db.execute(select(messages).where(messages.c.id.in_(ids)))
    return {row.id: row for row in found}


async def thread_messages(
    db: AsyncConnection, dialog_id: int, *, before: int | None, after: int | None, limit: int
) -> Sequence[AnyRow]:
    """Messages of a dialog by rising seq: the last ones, those before, or those after a seq."""
    query = select(messages).where(messages.c.dialog_id == dialog_id).limit(limit)
    if after is not None:
        query = query.where(messages.c.seq > after).order_by(messages.c.seq)
        return (await db.execute(query)).all()
    if before is not None:
        query = query.where(messages.c.seq < before)
    rows = (await db.execute(query.order_by(messages.c.seq.desc()))).all()
    return rows[::-1]


async def counts_since(
    db: AsyncConnection, bot_ids: Sequence[int], since: datetime
) -> dict[int, int]:
    """Messages later than a moment by bot: a dialog's numbers since its last earlier message."""
    own = select(messages.c.seq).where(messages.c.dialog_id == dialogs.c.id).limit(1)
    earlier = own.where(messages.c.created_at <= since).order_by(messages.c.seq.desc())
    first = own.order_by(messages.c.seq).scalar_subquery()
    before = func.coalesce(earlier.scalar_subquery(), first - 1, dialogs.c.seq)
    query = (
        select(dialogs.c.bot_id, func.sum(dialogs.c.seq - before))
        .where(dialogs.c.bot_id.in_(bot_ids), dialogs.c.last_message_at > since)
        .group_by(dialogs.c.bot_id)
    )
    return {bot_id: int(count) for bot_id, count in await db.execute(query)}


async def state_of(db: AsyncConnection, dialog_id: int) -> dict[str, Any] | None:
    """The engine's state of a dialog."""
    found = select(dialogs.c.state).where(dialogs.c.id == dialog_id)
    state: dict[str, Any] | None = (await db.execute(found)).scalar_one_or_none()
    return state


async def epochs(db: AsyncConnection, message_ids: Sequence[int]) -> dict[int, int]:
    """The present ownership epoch of the dialogs that messages belong to."""
    found = select(messages.c.id, dialogs.c.epoch)
    found = found.join(dialogs, dialogs.c.id == messages.c.dialog_id)
    rows = (await db.execute(found.where(messages.c.id.in_(message_ids)))).all()
    return {row.id: row.epoch for row in rows}


async def message_for_change(db: AsyncConnection, message_id: int) -> AnyRow | None:
    """A message under lock, with the bot and client of its dialog."""
    query = (
        select(
            messages,
            dialogs.c.bot_id,
            dialogs.c.client_id,
            dialogs.c.request_id.label("open_request_id"),
        )
        .join(dialogs, dialogs.c.id == messages.c.dialog_id)
        .where(messages.c.id == message_id)
        .with_for_update(of=messages)
    )
    return (await db.execute(query)).one_or_none()
