"""Every SELECT of signing in: sessions, keys in use, tries, tokens, links, codes."""

from collections.abc import Sequence
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import msgspec
from sqlalchemy import Row, bindparam, desc, func, or_, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit.db.statement import compiled
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

Found = Any  # a row, or None
RULES = "sign_in"  # the key of the stored rules
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


async def embedded_last(db: AsyncConnection, kind: str) -> dict[str, datetime]:
    """When the last session of a kind was opened, by what it came from."""
    query = select(sessions.c.agent, func.max(sessions.c.created_at))
    query = query.where(sessions.c.kind == kind).group_by(sessions.c.agent)
    return {row[0]: row[1] for row in await db.execute(query)}
