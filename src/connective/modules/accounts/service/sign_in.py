"""Signing in: tries are counted before the password is looked at, then a session is made.

A sign-in is two short transactions with the slow password check between them, so that no
connection waits for it and a refused try stays counted.
"""

import hashlib
import math
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import delete, insert, update

from connective.kit import crypto, errors
from connective.kit.auth_policy import Actor
from connective.kit.context import Ctx
from connective.kit.http.address import counted
from connective.modules.accounts import queries
from connective.modules.accounts.models import (
    login_attempts,
    password_history,
    refresh_tokens,
    sessions,
    users,
)
from connective.modules.accounts.schemas.rules import (
    LockRules,
    PasswordRules,
    SessionRules,
    SignInRules,
)
from connective.modules.accounts.service import rules as sign_in_rules
from connective.modules.accounts.service import second_factor, tokens
from connective.modules.accounts.signing import queries as signing

SLOWEST = 16  # doublings of an address's wait; the lock's length ends them sooner


class Attempt(msgspec.Struct, frozen=True):
    """A counted try; `user` is None for an unknown e-mail, which is treated just the same."""

    id: int
    who: str
    address: str
    email: str
    user: Any

    @property
    def place(self) -> str:
        return counted(self.address)

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
    rules: SessionRules


class Asked(msgspec.Struct, frozen=True):
    """What a new password of someone has to be, and the hashes of those that it may not be."""

    email: str
    rules: PasswordRules
    used: list[str]


def folded(email: str) -> str:
    return email.strip().casefold()


async def begin(ctx: Ctx, email: str, address: str) -> Attempt:
    """Count a try; 429 after too many failed ones."""
    name = folded(email)
    who = hashlib.sha256(name.encode()).hexdigest()
    place = counted(address)
    await queries.take_turn(ctx.db, f"login {who} {place}")
    lock = (await sign_in_rules.current(ctx)).lock
    wait = max(await _lock_s(ctx, lock, who, place), await _address_s(ctx, lock, place))
    if wait > 0:
        raise errors.TooManyRequests("too_many_logins", retry_after=math.ceil(wait))
    made = insert(login_attempts).values(who=who, address=place, at=ctx.now)
    attempt_id = (await ctx.db.execute(made.returning(login_attempts.c.id))).scalar_one()
    user = await queries.user_by_email(ctx.db, name)
    return Attempt(attempt_id, who, address, name, user)


async def _lock_s(ctx: Ctx, lock: LockRules, who: str, address: str) -> float:
    """Seconds until the lock ends that the last failures have set; none is negative or 0."""
    window, held = timedelta(minutes=lock.window_min), timedelta(minutes=lock.lock_min)
    failed = await signing.failures(ctx.db, who, address, since=ctx.now - window - held)
    if len(failed) < lock.failures or failed[-1] - failed[-lock.failures] >= window:
        return 0
    until = failed[-1] + held
    return (until - ctx.now).total_seconds()


async def _address_s(ctx: Ctx, lock: LockRules, address: str) -> float:
    """Seconds that an address has to wait which fails with ever new names; twice as long each."""
    if not lock.address_failures:
        return 0
    since = ctx.now - timedelta(minutes=lock.window_min)
    count, last = await signing.failures_from(ctx.db, address, since=since)
    above = count - lock.address_failures
    if above < 0 or last is None:
        return 0
    wait = float(min(2 ** min(above, SLOWEST), lock.lock_min * 60))
    return (last - ctx.now).total_seconds() + wait


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
    mine = (login_attempts.c.who == attempt.who, login_attempts.c.address == attempt.place)
    await ctx.db.execute(delete(login_attempts).where(*mine))


async def open_session(
    ctx: Ctx, user: Any, *, address: str, agent: str | None, browser: bool
) -> Opened:
    """A session with its first refresh token; one whose password is too old may only change it."""
    rules = await sign_in_rules.current(ctx)
    cookie = crypto.token() if browser else None
    made = insert(sessions).values(
        user_id=user.id,
        kind="browser" if browser else "program",
        cookie_hash=cookie and crypto.digest(cookie),
        created_at=ctx.now,
        seen_at=ctx.now,
        expires_at=ctx.now + timedelta(days=rules.sessions.absolute_days),
        address=address,
        agent=agent and agent[:300],
    )
    session_id = (await ctx.db.execute(made.returning(sessions.c.id))).scalar_one()
    ctx.actor = Actor("user", user.id, name_of(user), is_root=user.is_root, address=address)
    await _note_login(ctx, user, rules)
    ctx.audit("user.signed_in", "user", user.id, after={"session": session_id})
    if rules.sessions.one_only:
        await end_sessions(ctx, user.id, "signed in elsewhere", but=session_id)
    refresh = await _new_refresh_token(ctx, session_id)
    access = tokens.make(user.id, session_id, minutes=rules.sessions.access_min)
    return Opened(session_id, access, refresh, cookie, user, rules.sessions)


async def _note_login(ctx: Ctx, user: Any, rules: SignInRules) -> None:
    noted: dict[str, Any] = {"last_login_at": ctx.now}
    expired = sign_in_rules.is_expired(rules.password, user.password_changed_at, ctx.now)
    if expired and not user.must_change_password:
        noted["must_change_password"] = True
        ctx.audit("user.password_expired", "user", user.id)
    await ctx.db.execute(update(users).where(users.c.id == user.id).values(noted))


async def refresh(ctx: Ctx, given: str) -> Opened | None:
    """The next pair of tokens; None when refused. A token used twice ends its whole session."""
    found = await signing.refresh_token(ctx.db, crypto.digest(given))
    if found is None:
        return None
    if found.used_at is not None:
        await end_session(ctx, found.session_id, "refresh token used twice")
        return None
    rules = (await sign_in_rules.current(ctx)).sessions
    if not is_alive(found, ctx.now, rules) or not found.active:
        return None
    hashed = crypto.digest(given)
    used = update(refresh_tokens).where(refresh_tokens.c.hash == hashed).values(used_at=ctx.now)
    await ctx.db.execute(used)
    mine = sessions.c.id == found.session_id
    await ctx.db.execute(update(sessions).where(mine).values(seen_at=ctx.now))
    following = await _new_refresh_token(ctx, found.session_id)
    access = tokens.make(found.user_id, found.session_id, minutes=rules.access_min)
    return Opened(found.session_id, access, following, None, None, rules)


def is_alive(session: Any, now: datetime, rules: SessionRules) -> bool:
    """Whether a session still stands: not ended, not over its life, a browser's not idle."""
    if getattr(session, "ended_at", None) is not None or session.expires_at <= now:
        return False
    if session.created_at <= now - timedelta(days=rules.absolute_days):
        return False
    rested = session.seen_at <= now - timedelta(minutes=rules.idle_min)
    return session.kind != "browser" or not rested


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


async def asked(ctx: Ctx, user: Any) -> Asked:
    """What a new password has to be; the present one does not do when it has to go."""
    rules = (await sign_in_rules.current(ctx)).password
    used = [user.password_hash] if rules.history or user.must_change_password else []
    if rules.history > 1:
        used += await signing.replaced_passwords(ctx.db, user.id, rules.history - 1)
    return Asked(user.email, rules, [stored for stored in used if stored])


async def set_password(ctx: Ctx, user_id: int, new_hash: str, *, keep: int | None = None) -> None:
    """Store a password's hash; every other session of its owner ends."""
    await _keep_replaced(ctx, user_id)
    changed = {"password_changed_at": ctx.now, "must_change_password": False}
    values = {"password_hash": new_hash} | changed
    await ctx.db.execute(update(users).where(users.c.id == user_id).values(values))
    await end_sessions(ctx, user_id, "password changed", but=keep)
    ctx.audit("user.password_changed", "user", user_id)


async def _keep_replaced(ctx: Ctx, user_id: int) -> None:
    """Remember the password that goes, as long as the rule asks for it."""
    kept = max(0, (await sign_in_rules.current(ctx)).password.history - 1)
    user = await queries.user(ctx.db, user_id, lock=True)
    if kept and user.password_hash:
        row = {"user_id": user_id, "hash": user.password_hash, "replaced_at": ctx.now}
        await ctx.db.execute(insert(password_history).values(row))
    await ctx.db.execute(signing.FORGET_PASSWORDS, {"user_id": user_id, "kept": kept})


def name_of(user: Any) -> str:
    return f"{user.first_name} {user.last_name}".strip()


async def _new_refresh_token(ctx: Ctx, session_id: int) -> str:
    plain = crypto.token()
    row = {"hash": crypto.digest(plain), "session_id": session_id, "created_at": ctx.now}
    await ctx.db.execute(insert(refresh_tokens).values(row))
    return plain
