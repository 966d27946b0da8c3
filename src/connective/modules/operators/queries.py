"""Every SELECT of the module."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, select
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit import auth_policy
from connective.kit.auth_policy import Actor
from connective.kit.db.rows import AnyRow
from connective.kit.paging import PageQuery
from connective.modules.accounts.models import roles, sessions, users
from connective.modules.bots.models import bots
from connective.modules.operators.models import (
    bot_operators,
    operator_intervals,
    operator_statuses,
    operators,
    skill_groups,
)
from connective.modules.topics.models import topics

ANSWERS = "requests.reply"  # the permission that makes somebody an operator
_OFFLINE = select(operator_statuses.c.id).where(operator_statuses.c.alias == "offline")


async def statuses(db: AsyncConnection) -> Sequence[AnyRow]:
    query = select(operator_statuses).where(operator_statuses.c.deleted_at.is_(None))
    return (
        await db.execute(query.order_by(operator_statuses.c.position, operator_statuses.c.id))
    ).all()


async def status(db: AsyncConnection, status_id: int, *, lock: bool = False) -> AnyRow | None:
    query = select(operator_statuses).where(
        operator_statuses.c.id == status_id, operator_statuses.c.deleted_at.is_(None)
    )
    return (await db.execute(query.with_for_update() if lock else query)).one_or_none()


async def in_status(db: AsyncConnection, status_id: int) -> int:
    """How many operators have a status now."""
    query = select(func.count()).where(operators.c.status_id == status_id)
    return int((await db.execute(query)).scalar_one())


async def groups(
    db: AsyncConnection, *, ids: Sequence[int] | None = None, lock: bool = False
) -> Sequence[AnyRow]:
    """Skill groups by name; all of them, or those of the ids."""
    query = select(skill_groups).order_by(func.lower(skill_groups.c.name), skill_groups.c.id)
    if ids is not None:
        query = query.where(skill_groups.c.id.in_(ids))
    return (await db.execute(query.with_for_update() if lock else query)).all()


async def groups_of(db: AsyncConnection, topic_ids: Sequence[int]) -> dict[int, list[int]]:
    """The active skill groups that hold each of the topics; a topic in none is absent."""
    query = select(skill_groups.c.id, skill_groups.c.topic_ids).where(
        skill_groups.c.active, skill_groups.c.topic_ids.overlap(list(topic_ids))
    )
    found: dict[int, list[int]] = {}
    for group_id, held in await db.execute(query.order_by(skill_groups.c.id)):
        for topic_id in set(held) & set(topic_ids):
            found.setdefault(topic_id, []).append(group_id)
    return found


async def of_bot(db: AsyncConnection, bot_id: int, *, lock: bool = False) -> AnyRow | None:
    """What a bot has chosen for itself."""
    query = select(bot_operators).where(bot_operators.c.bot_id == bot_id)
    return (await db.execute(query.with_for_update() if lock else query)).one_or_none()


async def working_of_bots(
    db: AsyncConnection, bot_ids: Sequence[int]
) -> dict[int, tuple[int | None, int | None]]:
    """Topic and group by bot, without those that are not in use now."""
    chosen = bot_operators
    query = (
        select(chosen.c.bot_id, topics.c.id, skill_groups.c.id)
        .outerjoin(topics, and_(topics.c.id == chosen.c.subject_id, topics.c.active))
        .outerjoin(
            skill_groups, and_(skill_groups.c.id == chosen.c.group_id, skill_groups.c.active)
        )
        .where(chosen.c.bot_id.in_(bot_ids))
    )
    return {bot_id: (topic, group) for bot_id, topic, group in await db.execute(query)}


async def bots_with(
    db: AsyncConnection, *, subject_id: int | None = None, group_id: int | None = None
) -> Sequence[AnyRow]:
    """Bots that are not archived and have chosen a topic, or a group."""
    query = select(bots.c.id, bots.c.name).join(bot_operators).where(bots.c.archived_at.is_(None))
    if subject_id is not None:
        query = query.where(bot_operators.c.subject_id == subject_id)
    if group_id is not None:
        query = query.where(bot_operators.c.group_id == group_id)
    return (await db.execute(query.order_by(bots.c.name))).all()


async def members(db: AsyncConnection, group_ids: Sequence[int]) -> dict[int, list[int]]:
    """Active users of each group."""
    query = select(users.c.id, users.c.group_ids).where(
        users.c.active, users.c.group_ids.overlap(list(group_ids))
    )
    found: dict[int, list[int]] = {group_id: [] for group_id in group_ids}
    for user_id, held in await db.execute(query.order_by(users.c.id)):
        for group_id in set(held) & set(group_ids):
            found[group_id].append(user_id)
    return found


# The browser that somebody was seen with last.
_AGENT = (
    select(sessions.c.agent)
    .where(sessions.c.user_id == users.c.id, sessions.c.ended_at.is_(None))
    .order_by(sessions.c.seen_at.desc())
    .limit(1)
)


def _team() -> Select[Any]:
    """Everyone who may answer clients, with the row he has or would get."""
    stay = operator_intervals
    return (
        select(
            users.c.id.label("user_id"),
            users.c.first_name,
            users.c.last_name,
            users.c.picture,
            users.c.group_ids,
            users.c.bot_ids,
            users.c.topic_ids,
            users.c.created_at,
            users.c.timezone,
            _AGENT.scalar_subquery().label("agent"),
            array([users.c.id]).label("selves"),
            roles.c.alias.label("role"),
            func.coalesce(operators.c.status_id, _OFFLINE.scalar_subquery()).label("status_id"),
            func.coalesce(operators.c.status_since, users.c.created_at).label("status_since"),
            case(
                (stay.c.id.is_not(None), stay.c.counted_from),
                else_=func.coalesce(operators.c.status_since, users.c.created_at),
            ).label("counted_since"),
            func.coalesce(operators.c.dialog_limit, literal(5)).label("dialog_limit"),
            operators.c.channel_limits,
            *(operators.c[name] for name in ("limit_today", "limit_until", "touch_quota")),
            func.coalesce(operators.c.touched, literal(0)).label("touched"),
            operators.c.touched_on,
            func.coalesce(operators.c.paused, literal(False)).label("paused"),
            func.coalesce(operators.c.public_name, literal("")).label("public_name"),
            func.coalesce(operators.c.active, literal(0)).label("active"),
            operators.c.last_assigned_at,
            operators.c.last_closed_at,
            operators.c.seen_at,
        )
        .select_from(
            users.join(roles)
            .outerjoin(operators, operators.c.user_id == users.c.id)
            .outerjoin(stay, and_(stay.c.user_id == users.c.id, stay.c.to_at.is_(None)))
        )
        .where(users.c.active, or_(users.c.is_root, roles.c.permissions.contains([ANSWERS])))
    )


def everybody() -> Select[Any]:
    """The same for others who read it as a table."""
    return _team()


async def team(
    db: AsyncConnection, actor: Actor, *, user_id: int | None = None, action: str = "operators.view"
) -> Sequence[AnyRow]:
    """Operators that the actor sees, by name."""
    people = _team().subquery()
    wanted: list[ColumnElement[bool]] = [auth_policy.predicate(actor, action, people)]
    if user_id is not None:
        wanted.append(people.c.user_id == user_id)
    name = func.lower(people.c.first_name + literal(" ") + people.c.last_name)
    query = select(people).where(*wanted).order_by(name, people.c.user_id)
    return (await db.execute(query)).all()


async def operator(db: AsyncConnection, user_id: int) -> AnyRow | None:
    """One operator, whoever asks."""
    found: AnyRow | None = (await db.execute(_team().where(users.c.id == user_id))).one_or_none()
    return found


_WORKERS = (
    select(
        operators,
        operator_statuses.c.can_receive,
        *(users.c[name] for name in ("first_name", "last_name", "group_ids")),
        *(users.c[name] for name in ("bot_ids", "topic_ids", "timezone")),
    )
    .select_from(operators.join(operator_statuses).join(users).join(roles))
    .where(users.c.active, or_(users.c.is_root, roles.c.permissions.contains([ANSWERS])))
    .order_by(operators.c.user_id)
)


async def workers(db: AsyncConnection, user_ids: Sequence[int] | None = None) -> Sequence[AnyRow]:
    """Operators with all that bounds their work; all of them, or those of the ids."""
    query = _WORKERS if user_ids is None else _WORKERS.where(operators.c.user_id.in_(user_ids))
    return (await db.execute(query)).all()


async def held(db: AsyncConnection, user_id: int) -> AnyRow:
    """The operator's row with his status, locked."""
    query = (
        select(operators, operator_statuses.c.alias, operator_statuses.c.can_receive)
        .join(operator_statuses)
        .where(operators.c.user_id == user_id)
        .with_for_update(of=operators)
    )
    return (await db.execute(query)).one()


async def intervals(db: AsyncConnection, user_id: int, asked: PageQuery) -> Sequence[AnyRow]:
    """limit + 1 intervals, the newest first."""
    query = (
        select(
            operator_intervals,
            operator_statuses.c.alias,
            operator_statuses.c.name,
            operator_statuses.c.is_system,
            users.c.first_name,
            users.c.last_name,
        )
        .join(operator_statuses)
        .outerjoin(users, users.c.id == operator_intervals.c.set_by)
        .where(operator_intervals.c.user_id == user_id)
    )
    after = asked.after(int)
    if after is not None:
        query = query.where(operator_intervals.c.id < after[0])
    query = query.order_by(operator_intervals.c.id.desc()).limit(asked.limit + 1)
    return (await db.execute(query)).all()


async def gone(
    db: AsyncConnection, now: datetime, *, user_id: int | None = None
) -> Sequence[AnyRow]:
    """Who receives chats, but was not there for as long as a status that sets itself says."""
    chosen, own = operator_statuses.alias("chosen"), operator_statuses
    since = now - func.make_interval(0, 0, 0, 0, 0, chosen.c.idle_minutes)
    query = (
        select(operators.c.user_id, chosen.c.id.label("status_id"))
        .join(own, own.c.id == operators.c.status_id)
        .join(chosen, and_(chosen.c.idle_minutes.is_not(None), chosen.c.deleted_at.is_(None)))
        .where(own.c.can_receive)
        .where(func.greatest(operators.c.seen_at, operators.c.status_since) <= since)
        .order_by(operators.c.user_id)
    )
    if user_id is not None:
        query = query.where(operators.c.user_id == user_id)
    return (await db.execute(query)).all()


async def able(db: AsyncConnection, since: datetime) -> int:
    """How many operators could get something now, limits aside."""
    query = (
        select(func.count())
        .select_from(operators.join(operator_statuses))
        .where(operator_statuses.c.can_receive, ~operators.c.paused, operators.c.seen_at > since)
    )
    return int((await db.execute(query)).scalar_one())
