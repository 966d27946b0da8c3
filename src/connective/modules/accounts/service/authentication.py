"""Finds out who sends a request: by key, access token or session cookie; one small query."""

from datetime import datetime, timedelta
from typing import Any

from fastapi import Request

from connective.kit import clock, crypto, errors
from connective.kit.auth_policy import Actor
from connective.kit.context import Ctx
from connective.kit.http import origin, rate
from connective.kit.http.address import client_address, within
from connective.modules.accounts.schemas.rules import SignInRules
from connective.modules.accounts.service import rules as sign_in_rules
from connective.modules.accounts.service import sign_in, tokens
from connective.modules.accounts.signing import queries as signing

COOKIE = "connective_session"
NOTE_EVERY = timedelta(minutes=1)
NOT_FROM_HERE = "network_refused"

limiter = rate.Limiter()


async def authenticate(request: Request, ctx: Ctx) -> Actor:
    """The one who asks; 401 when nobody valid does."""
    address = client_address(request)
    scheme, given = credential(request)
    if scheme == "key":
        return await _key_actor(request, ctx, given, address)
    if scheme == "token":
        named = tokens.read(given)
        if named and named.origin and not _is_from(request, named.origin):
            raise unauthorized()
        found = named and await signing.signed_in_by_session(ctx.db, named.session_id)
    elif scheme == "cookie":
        origin.require_ours(request, request.method)
        found = await signing.signed_in_by_cookie(ctx.db, crypto.digest(given))
    else:
        found = None
    found = _admitted(found, ctx.now, address, request.url.path)
    if found.seen_at < ctx.now - NOTE_EVERY:
        touched = {"now": ctx.now, "id": found.session_id}
        await ctx.db.execute(signing.TOUCH_SESSION, touched)
    request.state.session_id = found.session_id
    actor = person(found, address)
    if scheme != "token":
        return actor
    limit = sign_in_rules.of(found.rules).sessions.token_rate_per_min
    request.state.rate = standing = limiter.count(f"user {found.user_id}", limit)
    return _within_rate(actor, standing)


async def identify(request: Request, driver: Any) -> Actor:
    """Who reads by the cookie of a page; the same rules, by the driver's connection alone."""
    now, address = clock.now(), client_address(request)
    cookie = request.cookies.get(COOKIE)
    found = cookie and await signing.reader_by_cookie(driver, crypto.digest(cookie))
    found = _admitted(found, now, address, request.url.path)
    if found.seen_at < now - NOTE_EVERY:
        await driver.execute(signing.TOUCH_READER, now, found.session_id)
    request.state.language = found.language
    return person(found, address)


def _admitted(found: Any, now: datetime, address: str, path: str) -> Any:
    """The session; refuses one that is over, or may not be used as it is or from here."""
    rules = sign_in_rules.of(found.rules) if found else SignInRules()
    if not found or not sign_in.is_alive(found, now, rules.sessions):
        raise unauthorized()
    refusal = barred(found, rules, address)
    if refusal == NOT_FROM_HERE:
        raise errors.Forbidden(refusal, address=address)
    if refusal is not None and not _is_own_account(path):
        raise errors.Forbidden(refusal)
    return found


def barred(found: Any, rules: SignInRules, address: str) -> str | None:
    """Why a session may not be used as it is; a root administrator may come from anywhere."""
    if not found.is_root and not sign_in_rules.may_come_from(rules, found.role, address):
        return NOT_FROM_HERE
    if found.must_change_password:
        return "password_change_needed"
    needed = sign_in_rules.needs_second_factor(rules.second_factor, found.role)
    return "second_factor_needed" if needed and not found.has_totp else None


async def authenticate_key(ctx: Ctx, secret: str, address: str) -> Actor:
    """The key's actor; 401 for one that is unknown, expired, revoked or not of this address."""
    actor, standing = await _check_key(ctx, secret, address)
    return _within_rate(actor, standing)


def _is_from(request: Request, place: str) -> bool:
    """Whether our own page or one of this origin asks; programs name no origin."""
    given = request.headers.get("origin")
    return given is None or given == place or origin.is_ours(request)


def token_of(request: Request) -> tokens.Named | None:
    """What the access token of a request says; None when it came without one."""
    scheme, given = credential(request)
    return tokens.read(given) if scheme == "token" else None


def _is_own_account(path: str) -> bool:
    """Where one who may do nothing else mends his own way in."""
    return path.startswith("/api/v1/auth/") and path != "/api/v1/auth/settings"


def unauthorized() -> errors.Unauthorized:
    return errors.Unauthorized("unauthorized", headers={"WWW-Authenticate": "Bearer"})


def credential(request: Request) -> tuple[str, str]:
    """What the caller shows, and of which kind; headers go before the cookie."""
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "api-key":
        return "key", value.strip()
    if scheme.lower() == "bearer":
        return "token", value.strip()
    if scheme:
        return "unknown", ""
    external = request.headers.get("x-auth-token")
    if external is not None:
        # only a JWT has dots
        return ("token" if external.count(".") == 2 else "key"), external.strip()
    cookie = request.cookies.get(COOKIE)
    return ("cookie", cookie) if cookie else ("none", "")


def person(found: Any, address: str) -> Actor:
    """The user of a session as the queries give it."""
    return Actor(
        kind="user",
        id=found.user_id,
        name=sign_in.name_of(found),
        permissions=frozenset(found.permissions),
        bot_ids=frozenset(found.bot_ids),
        topic_ids=frozenset(found.topic_ids),
        group_ids=frozenset(found.group_ids),
        is_root=found.is_root,
        language=found.language,
        address=address,
    )


async def _key_actor(request: Request, ctx: Ctx, secret: str, address: str) -> Actor:
    actor, standing = await _check_key(ctx, secret, address)
    request.state.rate = standing
    return _within_rate(actor, standing)


def _within_rate(actor: Actor, standing: rate.Rate) -> Actor:
    if standing.remaining < 0:
        raise errors.TooManyRequests(retry_after=standing.reset)
    return actor


async def _check_key(ctx: Ctx, secret: str, address: str) -> tuple[Actor, rate.Rate]:
    given = crypto.digest(secret)
    found = await signing.key_by_hash(ctx.db, given)
    if found is None or is_over(found, ctx) or (found.hash != given and found.old_until <= ctx.now):
        raise unauthorized()
    if found.ip_allowlist and not within(address, tuple(found.ip_allowlist)):
        raise errors.Forbidden("address_refused", address=address)
    noted = found.last_used_at
    if noted is None or noted < ctx.now - NOTE_EVERY:
        used = {"now": ctx.now, "id": found.id, "address": address}
        await ctx.db.execute(signing.TOUCH_KEY, used)
    actor = key_actor(found, address)
    return actor, limiter.count(f"key {found.id}", found.rate_per_min)


def is_over(key: Any, ctx: Ctx) -> bool:
    """Whether a key's own time has come."""
    return key.expires_at is not None and key.expires_at <= ctx.now


def key_actor(found: Any, address: str) -> Actor:
    return Actor(
        kind="key",
        id=found.id,
        name=f"API: {found.name}",
        scopes=frozenset(found.scopes),
        bot_ids=frozenset(found.bot_ids),
        topic_ids=frozenset(found.topic_ids),
        address=address,
    )
