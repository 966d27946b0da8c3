"""Signing in: tries are counted before the password is looked at, then a session is made.

A sign-in is two short transactions with the slow password check between them, so that no
connection waits for it and a refused try stays counted.
"""

import hashlib
import math
from datetime import timedelta
from typing import Any

import msgspec
from sqlalchemy import delete, insert, update

from connective.kit import crypto, errors
from connective.kit.auth_policy import Actor
from connective.kit.context import Ctx
from connective.modules.accounts import queries
from connective.modules.accounts.models import login_attempts, refresh_tokens, sessions, users
from connective.modules.accounts.service import second_factor, tokens

FAILURES = 5
WINDOW = timedelta(minutes=15)
ABSOLUTE = timedelta(days=30)
IDLE = timedelta(hours=8)


class Attempt(msgspec.Struct, frozen=True):
    """A counted try; `user` is None for an unknown e-mail, which is treated just the same."""

    id: int
    who: str
    address: str
    email: str
    user: Any

    @property
    def password_hash(self) -> str | None:
        usable = self.user is not None and self.user.active
        return self.user.password_hash if usable else None


class Opened(msgspec.Struct, frozen=True):
    """A new session's secrets; the cookie only for a browser."""

    session_id: int
    access_token: str
    refresh_token: str
    cookie: str | None
    user: Any


def folded(email: str) -> str:
    return email.strip().casefold()


async def begin(ctx: Ctx, email: str, address: str) -> Attempt:
    """Count a try; 429 after five failed ones within a quarter of an hour."""
    name = folded(email)
    who = hashlib.sha256(name.encode()).hexdigest()
    await queries.take_turn(ctx.db, f"login {who} {address}")
    failed = await queries.failures(ctx.db, who, address, since=ctx.now - WINDOW)
    if len(failed) >= FAILURES:
        until = failed[-FAILURES] + WINDOW - ctx.now
        wait = max(1, math.ceil(until.total_seconds()))
        raise errors.TooManyRequests("too_many_logins", retry_after=wait)
    made = insert(login_attempts).values(who=who, address=address, at=ctx.now)
    attempt_id = (await ctx.db.execute(made.returning(login_attempts.c.id))).scalar_one()
    user = await queries.user_by_email(ctx.db, name)
    return Attempt(attempt_id, who, address, name, user)


def lacks_code(attempt: Attempt, otp: str | None) -> bool:
    """Whether, the password being right, a code of the second factor has to be asked for."""
    return otp is None and attempt.user is not None and attempt.user.totp_secret is not None


async def prove(ctx: Ctx, attempt: Attempt, *, otp: str | None) -> Any:
    """The user of a try whose password is right, when he is unchanged and so is his code.

    His tries are forgotten.
    """
    user = await queries.user(ctx.db, attempt.user.id, lock=True)
    if user is None or not user.active or user.password_hash != attempt.password_hash:
        raise errors.Unauthorized("bad_credentials")
    if user.totp_secret is not None and not await second_factor.accepts(ctx, user, otp or ""):
        raise errors.Unauthorized("bad_credentials")
    await _forget(ctx, attempt)
    return user


async def take_back(ctx: Ctx, attempt: Attempt) -> None:
    """Not a failed try: the password was right, the code was not asked for yet."""
    await ctx.db.execute(delete(login_attempts).where(login_attempts.c.id == attempt.id))


async def _forget(ctx: Ctx, attempt: Attempt) -> None:
    mine = (login_attempts.c.who == attempt.who, login_attempts.c.address == attempt.address)
    await ctx.db.execute(delete(login_attempts).where(*mine))


async def open_session(
    ctx: Ctx, user: Any, *, address: str, agent: str | None, browser: bool
) -> Opened:
    """A session of thirty days at most, with its first refresh token."""
    cookie = crypto.token() if browser else None
    made = insert(sessions).values(
        user_id=user.id,
        kind="browser" if browser else "program",
        cookie_hash=cookie and crypto.digest(cookie),
        created_at=ctx.now,
        seen_at=ctx.now,
        expires_at=ctx.now + ABSOLUTE,
        address=address,
        agent=agent and agent[:300],
    )
    session_id = (await ctx.db.execute(made.returning(sessions.c.id))).scalar_one()
    seen = update(users).where(users.c.id == user.id).values(last_login_at=ctx.now)
    await ctx.db.execute(seen)
    ctx.actor = Actor("user", user.id, name_of(user), is_root=user.is_root, address=address)
    ctx.audit("user.signed_in", "user", user.id, after={"session": session_id})
    refresh = await _new_refresh_token(ctx, session_id)
    return Opened(session_id, tokens.make(user.id, session_id), refresh, cookie, user)


async def refresh(ctx: Ctx, given: str) -> Opened | None:
    """The next pair of tokens; None when refused. A token used twice ends its whole session."""
    found = await queries.refresh_token(ctx.db, crypto.digest(given))
    if found is None:
        return None
    if found.used_at is not None:
        await end_session(ctx, found.session_id, "refresh token used twice")
        return None
    if not is_alive(found, ctx) or not found.active:
        return None
    hashed = crypto.digest(given)
    used = update(refresh_tokens).where(refresh_tokens.c.hash == hashed).values(used_at=ctx.now)
    await ctx.db.execute(used)
    mine = sessions.c.id == found.session_id
    await ctx.db.execute(update(sessions).where(mine).values(seen_at=ctx.now))
    following = await _new_refresh_token(ctx, found.session_id)
    access = tokens.make(found.user_id, found.session_id)
    return Opened(found.session_id, access, following, None, None)


def is_alive(session: Any, ctx: Ctx) -> bool:
    """Whether a session still stands: not ended, not over its life, a browser's not idle."""
    if getattr(session, "ended_at", None) is not None or session.expires_at <= ctx.now:
        return False
    return bool(session.kind != "browser" or session.seen_at > ctx.now - IDLE)


async def end_session(ctx: Ctx, session_id: int, why: str) -> None:
    await ctx.db.execute(
        update(sessions)
        .where(sessions.c.id == session_id, sessions.c.ended_at.is_(None))
        .values(ended_at=ctx.now, ended_why=why)
    )


async def end_sessions(ctx: Ctx, user_id: int, why: str, *, but: int | None = None) -> int:
    """End all sessions of a user, perhaps but one; gives how many."""
    ended = await ctx.db.execute(
        update(sessions)
        .where(sessions.c.user_id == user_id, sessions.c.ended_at.is_(None))
        .where(sessions.c.id != (but or 0))
        .values(ended_at=ctx.now, ended_why=why)
    )
    return ended.rowcount


async def set_password(ctx: Ctx, user_id: int, new_hash: str, *, keep: int | None = None) -> None:
    """Store a password's hash; every other session of its owner ends."""
    values = {"password_hash": new_hash, "must_change_password": False}
    await ctx.db.execute(update(users).where(users.c.id == user_id).values(values))
    await end_sessions(ctx, user_id, "password changed", but=keep)
    ctx.audit("user.password_changed", "user", user_id)


def name_of(user: Any) -> str:
    return f"{user.first_name} {user.last_name}".strip()


async def _new_refresh_token(ctx: Ctx, session_id: int) -> str:
    plain = crypto.token()
    row = {"hash": crypto.digest(plain), "session_id": session_id, "created_at": ctx.now}
    await ctx.db.execute(insert(refresh_tokens).values(row))
    return plain
