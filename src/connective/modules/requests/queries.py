"""What the life of requests reads: the row under lock, where it is, what the rules look at."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit.db.rows import AnyRow
from connective.modules.accounts.models import roles, users
from connective.modules.bots.models import bots
from connective.modules.dialogs.models import dialogs, messages
from connective.modules.operators.models import operators, skill_groups
from connective.modules.requests.models import requests
from connective.modules.topics.models import topics

_PLACE = (requests, dialogs.c.chat_id)
# A person with what the rules ask of him.
_PERSON = (
    *(users.c[name] for name in ("id", "first_name", "last_name", "active", "bot_ids")),
    *(users.c[name] for name in ("topic_ids", "group_ids", "is_root")),
    roles.c.permissions,
)


async def seen(db: AsyncConnection, request_id: int) -> AnyRow | None:
    """A request with the chat it is in, not locked."""
    query = select(*_PLACE).join(dialogs, dialogs.c.id == requests.c.dialog_id)
    return (await db.execute(query.where(requests.c.id == request_id))).one_or_none()


async def locked(db: AsyncConnection, request_ids: Sequence[int]) -> Sequence[AnyRow]:
    """Requests under lock, by rising id; their dialogs are held already."""
    query = select(requests).where(requests.c.id.in_(request_ids)).order_by(requests.c.id)
    return (await db.execute(query.with_for_update())).all()


async def assignees(db: AsyncConnection, request_ids: Sequence[int]) -> set[int | None]:
    """Who has, or had, the requests."""
    if not request_ids:
        return set()
    query = select(requests.c.assignee_id).where(requests.c.id.in_(request_ids))
    return set((await db.execute(query)).scalars())


async def dialog(db: AsyncConnection, dialog_id: int) -> AnyRow | None:
    """Where a dialog is and whose."""
    return (await db.execute(select(dialogs).where(dialogs.c.id == dialog_id))).one_or_none()


async def latest_of_dialog(db: AsyncConnection, dialog_id: int) -> AnyRow | None:
    """The last request of a dialog, whatever its state."""
    query = select(requests).where(requests.c.dialog_id == dialog_id)
    return (await db.execute(query.order_by(requests.c.id.desc()).limit(1))).one_or_none()


async def topic_by_alias(db: AsyncConnection, alias: str) -> AnyRow | None:
    return (await db.execute(select(topics).where(topics.c.alias == alias))).one_or_none()


async def topic(db: AsyncConnection, topic_id: int) -> AnyRow | None:
    return (await db.execute(select(topics).where(topics.c.id == topic_id))).one_or_none()


async def bot_name(db: AsyncConnection, bot_id: int) -> str:
    return str((await db.execute(select(bots.c.name).where(bots.c.id == bot_id))).scalar_one())


async def user_by_email(db: AsyncConnection, email: str) -> int | None:
    query = select(users.c.id).where(users.c.email == email.casefold())
    return (await db.execute(query)).scalar_one_or_none()


async def place_in_queue(db: AsyncConnection, weight: int) -> int:
    """Which place a request gets that joins the queue now."""
    before = select(func.count()).where(requests.c.state == "queue", requests.c.weight >= weight)
    return int((await db.execute(before)).scalar_one()) + 1


async def recent_waits(db: AsyncConnection, subject_id: int | None, count: int) -> list[Any]:
    """(queued, assigned) of the chats of a topic that found their operator last."""
    query = (
        select(requests.c.queued_at, requests.c.assigned_at)
        .where(requests.c.queued_at.is_not(None), requests.c.assigned_at.is_not(None))
        .where(requests.c.subject_id == subject_id)
        .order_by(requests.c.last_message_at.desc())
        .limit(count)
    )
    return list((await db.execute(query)).all())


async def groups_of_topic(db: AsyncConnection, topic_id: int) -> list[int]:
    """Active skill groups that hold a topic; none means that everybody serves it."""
    query = select(skill_groups.c.id).where(
        skill_groups.c.active, skill_groups.c.topic_ids.contains([topic_id])
    )
    return list((await db.execute(query.order_by(skill_groups.c.id))).scalars())


async def topics_of_groups(db: AsyncConnection, group_ids: Collection[int]) -> set[int]:
    """Topics that one of the groups serves, or that everybody serves."""
    theirs = select(func.unnest(skill_groups.c.topic_ids)).where(skill_groups.c.active)
    own = theirs.where(skill_groups.c.id.in_(group_ids))
    query = select(topics.c.id).where(topics.c.id.in_(own) | topics.c.id.not_in(theirs))
    return set((await db.execute(query)).scalars())


async def operator(db: AsyncConnection, user_id: int) -> AnyRow | None:
    """A person with what bounds his work; the limits are empty while he has no row of his own."""
    query = (
        select(
            *_PERSON,
            *(operators.c[name] for name in ("dialog_limit", "limit_today", "limit_until")),
            operators.c.channel_limits,
            operators.c.active.label("load"),
            operators.c.public_name,
        )
        .join(roles, roles.c.id == users.c.role_id)
        .outerjoin(operators, operators.c.user_id == users.c.id)
        .where(users.c.id == user_id)
    )
    return (await db.execute(query)).one_or_none()


async def people(db: AsyncConnection, user_ids: Collection[int]) -> Sequence[AnyRow]:
    return list(await db.execute(_people().where(users.c.id.in_(user_ids))))


async def active_people(db: AsyncConnection, name: str) -> Sequence[AnyRow]:
    """Those whose name holds these letters, by name."""
    full = users.c.first_name + " " + users.c.last_name
    found = _people().where(users.c.active, full.icontains(name, autoescape=True))
    return list(await db.execute(found.order_by(full, users.c.id)))


def _people() -> Select[Any]:
    return select(*_PERSON).join(roles, roles.c.id == users.c.role_id)


async def unclosed_in_channel(db: AsyncConnection, user_id: int, channel: str) -> int:
    """How many unclosed chats somebody has in a channel."""
    query = select(requests.c.id).where(
        requests.c.assignee_id == user_id,
        requests.c.channel == channel,
        requests.c.state != "closed",
    )
    return len((await db.execute(query)).all())


async def last_messages(db: AsyncConnection, dialog_id: int, count: int) -> list[Any]:
    """The last things said in a dialog, the oldest first; notes are not said."""
    query = (
        select(messages)
        .where(messages.c.dialog_id == dialog_id, messages.c.direction != "note")
        .order_by(messages.c.seq.desc())
        .limit(count)
    )
    return list((await db.execute(query)).all())[::-1]


async def last_said(db: AsyncConnection, dialog_id: int) -> AnyRow | None:
    """The last thing said in a dialog."""
    found = await last_messages(db, dialog_id, 1)
    return found[0] if found else None
