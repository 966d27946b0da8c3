"""Every SELECT of the module."""

from collections.abc import Sequence
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Row, and_, bindparam, desc, func, or_, select, text, true
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit.audit.models import audit
from connective.kit.auth_policy import Actor, predicate
from connective.kit.db.statement import compiled
from connective.kit.paging import PageQuery
from connective.kit.stored_settings import queries as stored
from connective.modules.accounts.models import (
    api_keys,
    login_attempts,
    password_history,
    recovery_codes,
    refresh_tokens,
    reset_links,
    roles,
    sessions,
    users,
)
from connective.modules.accounts.permissions import ADMINISTRATOR

Found = Any  # a row, or None
RULES = "sign_in"  # the key of the stored rules
# What the audit trail names by the number of a bot, alone or before a slash.
OF_BOTS = ("bot", "scenario", "scenario_version", "entry_point")

_PERSON = (
    users.c.id.label("user_id"),
    users.c.first_name,
    users.c.last_name,
    users.c.language,
    users.c.bot_ids,
    users.c.topic_ids,
    users.c.group_ids,
    users.c.is_root,
    users.c.must_change_password,
    users.c.totp_secret.is_not(None).label("has_totp"),
    roles.c.alias.label("role"),
    roles.c.permissions,
    sessions.c.id.label("session_id"),
    sessions.c.kind,
    sessions.c.created_at,
    sessions.c.seen_at,
    sessions.c.expires_at,
    stored.value_of(RULES).label("rules"),
)
_SIGNED_IN = (
    select(*_PERSON)
    .select_from(sessions.join(users).join(roles))
    .where(sessions.c.ended_at.is_(None), users.c.active)
)
_BY_COOKIE = _SIGNED_IN.where(sessions.c.cookie_hash == bindparam("cookie_hash"))
_READER = compiled(_BY_COOKIE)
TOUCH_READER = """
UPDATE sessions SET seen_at = $1 WHERE id = (
  SELECT id FROM sessions WHERE id = $2 FOR UPDATE SKIP LOCKED)
"""
_BY_SESSION = _SIGNED_IN.where(sessions.c.id == bindparam("session_id"))
_BY_KEY = select(api_keys).where(
    or_(api_keys.c.hash == bindparam("given"), api_keys.c.old_hash == bindparam("given")),
    api_keys.c.revoked_at.is_(None),
)
# Two requests of one session never wait for each other's note of when it was seen.
TOUCH_SESSION = text(
    "UPDATE sessions SET seen_at = :now WHERE id = "
    "(SELECT id FROM sessions WHERE id = :id FOR UPDATE SKIP LOCKED)"
)
TOUCH_KEY = text(
    "UPDATE api_keys SET last_used_at = :now, last_used_address = :address WHERE id = "
    "(SELECT id FROM api_keys WHERE id = :id FOR UPDATE SKIP LOCKED)"
)
_TURN = text("SELECT pg_advisory_xact_lock(hashtextextended(:subject, 0))")

_USER = select(
    users, roles.c.alias.label("role"), roles.c.name.label("role_name"), roles.c.permissions
).select_from(users.join(roles))


async def signed_in_by_cookie(db: AsyncConnection, cookie_hash: str) -> Found:
    return (await db.execute(_BY_COOKIE, {"cookie_hash": cookie_hash})).one_or_none()


async def reader_by_cookie(driver: Any, cookie_hash: str) -> Found:
    given = _READER.arguments(cookie_hash=cookie_hash)
    row = await driver.fetchrow(_READER.text, *given)
    if row is None:
        return None
    rules = row["rules"]
    return SimpleNamespace(**{**row, "rules": rules and msgspec.json.decode(rules)})


async def signed_in_by_session(db: AsyncConnection, session_id: int) -> Found:
    return (await db.execute(_BY_SESSION, {"session_id": session_id})).one_or_none()


async def signed_in(db: AsyncConnection, session_ids: Sequence[int]) -> dict[int, Any]:
    """Open sessions of active users, by id."""
    found = _SIGNED_IN.where(sessions.c.id.in_(session_ids))
    return {row.session_id: row for row in await db.execute(found)}


async def keys(db: AsyncConnection, ids: Sequence[int]) -> dict[int, Any]:
    """Keys that are not revoked, by id."""
    found = select(api_keys).where(api_keys.c.id.in_(ids), api_keys.c.revoked_at.is_(None))
    return {row.id: row for row in await db.execute(found)}


async def key_by_hash(db: AsyncConnection, given: str) -> Found:
    return (await db.execute(_BY_KEY, {"given": given})).one_or_none()


async def take_turn(db: AsyncConnection, subject: str) -> None:
    """Wait until no other transaction works on the subject."""
    await db.execute(_TURN, {"subject": subject})


async def failures(
    db: AsyncConnection, who: str, address: str, *, since: datetime
) -> Sequence[datetime]:
    """When tries failed, the oldest first."""
    found = await db.execute(
        select(login_attempts.c.at)
        .where(
            login_attempts.c.who == who,
            login_attempts.c.address == address,
            login_attempts.c.at > since,
        )
        .order_by(login_attempts.c.at)
    )
    return found.scalars().all()


async def failures_from(
    db: AsyncConnection, address: str, *, since: datetime
) -> tuple[int, datetime | None]:
    """How many tries from an address failed, whoever was meant, and when the last one did."""
    query = select(func.count(), func.max(login_attempts.c.at)).where(
        login_attempts.c.address == address, login_attempts.c.at > since
    )
    count, last = (await db.execute(query)).one()
    return count, last


async def replaced_passwords(db: AsyncConnection, user_id: int, limit: int) -> Sequence[str]:
    """Hashes of a user's passwords before the present one, the newest first."""
    query = (
        select(password_history.c.hash)
        .where(password_history.c.user_id == user_id)
        .order_by(desc(password_history.c.id))
        .limit(limit)
    )
    return (await db.execute(query)).scalars().all()


# All but the newest ones that the rule asks for.
FORGET_PASSWORDS = text(
    "DELETE FROM password_history WHERE user_id = :user_id AND id NOT IN (SELECT id FROM"
    " password_history WHERE user_id = :user_id ORDER BY id DESC LIMIT :kept)"
)


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


async def open_sessions(db: AsyncConnection, user_id: int, *, now: datetime) -> Sequence[Row[Any]]:
    """Sessions that nothing has ended; whether one has rested too long is not looked at."""
    query = (
        select(sessions)
        .where(
            sessions.c.user_id == user_id,
            sessions.c.ended_at.is_(None),
            sessions.c.expires_at > now,
        )
        .order_by(desc(sessions.c.seen_at), desc(sessions.c.id))
    )
    return (await db.execute(query)).all()


async def refresh_token(db: AsyncConnection, token_hash: str) -> Found:
    """The token with its session, both locked."""
    query = (
        select(
            refresh_tokens.c.used_at,
            sessions.c.id.label("session_id"),
            sessions.c.user_id,
            sessions.c.kind,
            sessions.c.created_at,
            sessions.c.seen_at,
            sessions.c.expires_at,
            sessions.c.ended_at,
            users.c.active,
        )
        .select_from(refresh_tokens.join(sessions).join(users))
        .where(refresh_tokens.c.hash == token_hash)
        .with_for_update(of=[refresh_tokens, sessions])
    )
    return (await db.execute(query)).one_or_none()


async def recovery_codes_left(db: AsyncConnection, user_id: int) -> int:
    query = select(func.count()).where(
        recovery_codes.c.user_id == user_id, recovery_codes.c.used_at.is_(None)
    )
    return (await db.execute(query)).scalar_one()


async def reset_link(db: AsyncConnection, token_hash: str) -> Found:
    """The link with its user, the link locked."""
    query = (
        select(
            reset_links,
            users.c.email,
            users.c.active,
            users.c.totp_secret.is_not(None).label("totp_needed"),
        )
        .select_from(reset_links.join(users))
        .where(reset_links.c.hash == token_hash)
        .with_for_update(of=reset_links)
    )
    return (await db.execute(query)).one_or_none()


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


async def embedded_last(db: AsyncConnection, kind: str) -> dict[str, datetime]:
    """When the last session of a kind was opened, by what it came from."""
    query = select(sessions.c.agent, func.max(sessions.c.created_at))
    query = query.where(sessions.c.kind == kind).group_by(sessions.c.agent)
    return {row[0]: row[1] for row in await db.execute(query)}
