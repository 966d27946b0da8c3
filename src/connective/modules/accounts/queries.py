"""Every SELECT of people, roles, keys as they are managed, and the audit trail."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, desc, func, or_, select, text, true
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit.audit.models import audit
from connective.kit.auth_policy import Actor, predicate
from connective.kit.paging import PageQuery
from connective.modules.accounts.models import (
    api_keys,
    roles,
    users,
)
from connective.modules.accounts.permissions import ADMINISTRATOR

Found = Any  # a row, or None
# What the audit trail names by the number of a bot, alone or before a slash.
OF_BOTS = ("bot", "scenario", "scenario_version", "entry_point")
_TURN = text("SELECT pg_advisory_xact_lock(hashtextextended(:subject, 0))")
_USER = select(
    users, roles.c.alias.label("role"), roles.c.name.label("role_name"), roles.c.permissions
).select_from(users.join(roles))


async def take_turn(db: AsyncConnection, subject: str) -> None:
    """Wait until no other transaction works on the subject."""
    await db.execute(_TURN, {"subject": subject})


async def user(db: AsyncConnection, user_id: int, *, lock: bool = False) -> Found:
    query = _USER.where(users.c.id == user_id)
    if lock:
        query = query.with_for_update(of=users)
    return (await db.execute(query)).one_or_none()


async def user_by_email(db: AsyncConnection, email: str) -> Found:
    return (await db.execute(_USER.where(users.c.email == email))).one_or_none()


async def any_user(db: AsyncConnection) -> bool:
    return (await db.execute(select(users.c.id).limit(1))).first() is not None


async def role(db: AsyncConnection, alias: str) -> Found:
    return (await db.execute(select(roles).where(roles.c.alias == alias))).one_or_none()


async def all_roles(db: AsyncConnection) -> Sequence[Row[Any]]:
    people = select(func.count()).where(users.c.role_id == roles.c.id, users.c.active)
    query = select(roles, people.scalar_subquery().label("users")).order_by(roles.c.id)
    return (await db.execute(query)).all()


async def active_administrators(db: AsyncConnection) -> Sequence[int]:
    query = (
        select(users.c.id)
        .select_from(users.join(roles))
        .where(users.c.active, or_(roles.c.alias == ADMINISTRATOR, users.c.is_root))
    )
    return (await db.execute(query)).scalars().all()


async def administrators(db: AsyncConnection) -> Sequence[Any]:
    """Whom to tell: e-mail and language of the active ones."""
    query = (
        select(users.c.email, users.c.language)
        .select_from(users.join(roles))
        .where(users.c.active, or_(roles.c.alias == ADMINISTRATOR, users.c.is_root))
        .order_by(users.c.id)
    )
    return (await db.execute(query)).all()


_SORTS = {
    "name": func.lower(users.c.first_name + " " + users.c.last_name),
    "email": users.c.email,
    "created_at": users.c.id,
}


def _users_that(
    actor: Actor, q: str | None, role_alias: str | None, active: bool | None
) -> list[ColumnElement[bool]]:
    wanted = [predicate(actor, "users.view", users)]
    if q:
        part = f"%{_like(q.casefold())}%"
        name = func.lower(users.c.first_name + " " + users.c.last_name)
        wanted.append(or_(users.c.email.like(part), name.like(part)))
    if role_alias:
        wanted.append(roles.c.alias == role_alias)
    if active is not None:
        wanted.append(users.c.active == active)
    return wanted


def _like(words: str) -> str:
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


async def list_users(
    db: AsyncConnection,
    actor: Actor,
    *,
    page: PageQuery,
    q: str | None,
    role_alias: str | None,
    active: bool | None,
) -> tuple[Sequence[Row[Any]], int | None]:
    """limit + 1 rows with their `sort_value`, and the count when it was asked for."""
    wanted = _users_that(actor, q, role_alias, active)
    sort = page.sort or "name"
    value = _SORTS[sort.removeprefix("-")]
    down = sort.startswith("-")
    query = _USER.add_columns(value.label("sort_value")).where(*wanted)
    after = page.after(int if sort.endswith("created_at") else str, int)
    if after is not None:
        position = func.row(value, users.c.id)
        given = func.row(*after)
        query = query.where(position < given if down else position > given)
    order = (desc(value), desc(users.c.id)) if down else (value, users.c.id)
    rows = (await db.execute(query.order_by(*order).limit(page.limit + 1))).all()
    total = None
    if page.count:
        counting = select(func.count()).select_from(users.join(roles)).where(*wanted)
        total = (await db.execute(counting)).scalar_one()
    return rows, total


async def key(db: AsyncConnection, key_id: int, *, lock: bool = False) -> Found:
    query = select(api_keys).where(api_keys.c.id == key_id)
    return (await db.execute(query.with_for_update() if lock else query)).one_or_none()


async def bot_key(db: AsyncConnection, bot_id: int) -> Found:
    query = select(api_keys).where(api_keys.c.default_of_bot == bot_id).with_for_update()
    return (await db.execute(query)).one_or_none()


async def list_keys(
    db: AsyncConnection, actor: Actor, *, page: PageQuery, bot_id: int | None
) -> Sequence[Row[Any]]:
    """limit + 1 keys that are not revoked, the newest first."""
    query = select(api_keys).where(
        predicate(actor, "keys.view", api_keys), api_keys.c.revoked_at.is_(None)
    )
    if bot_id is not None:
        query = query.where(api_keys.c.bot_ids.contains([bot_id]))
    after = page.after(int)
    if after is not None:
        query = query.where(api_keys.c.id < after[0])
    query = query.order_by(desc(api_keys.c.id)).limit(page.limit + 1)
    return (await db.execute(query)).all()


def _may_read(actor: Actor) -> ColumnElement[bool]:
    """Who has only some bots or topics reads of those bots, and of what he did himself."""
    if not actor.bot_ids and not actor.topic_ids:
        return true()
    own = and_(audit.c.actor_kind == actor.kind, audit.c.actor_id == actor.id)
    bot = func.split_part(audit.c.object_id, "/", 1)
    of_bots = and_(audit.c.object_type.in_(OF_BOTS), bot.in_([str(id_) for id_ in actor.bot_ids]))
    return or_(own, of_bots)


async def list_audit(
    db: AsyncConnection,
    *,
    actor: Actor,
    page: PageQuery,
    object_type: str | None,
    object_id: str | None,
    user_id: int | None,
    since: datetime | None,
    until: datetime | None,
) -> Sequence[Row[Any]]:
    """limit + 1 audit rows that the actor may see, the newest first."""
    query = select(audit).where(_may_read(actor))
    if object_type is not None:
        query = query.where(audit.c.object_type == object_type)
    if object_id is not None:
        query = query.where(audit.c.object_id == object_id)
    if user_id is not None:
        query = query.where(audit.c.actor_kind == "user", audit.c.actor_id == user_id)
    if since is not None:
        query = query.where(audit.c.at >= since)
    if until is not None:
        query = query.where(audit.c.at < until)
    after = page.after(int)
    if after is not None:
        query = query.where(audit.c.id < after[0])
    return (await db.execute(query.order_by(desc(audit.c.id)).limit(page.limit + 1))).all()
