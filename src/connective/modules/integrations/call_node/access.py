"""Who may call an entry point: a key or token with scenario:run, or anyone when it is open."""

from fastapi import Request

from connective.kit import auth_policy, errors
from connective.kit.auth_policy import Actor
from connective.kit.context import Ctx
from connective.kit.http import rate
from connective.kit.http.address import client_address, counted
from connective.kit.http.router import Authenticate
from connective.modules.accounts import service as accounts
from connective.modules.scenarios.schemas import EntryPoint

START = "runs.start"
# What one address may ask of one open entry point in a minute; keys have a rate of their own.
OPEN_RATE = 600
_HEADERS = ("authorization", "x-auth-token")

limiter = rate.Limiter()


async def caller(request: Request, ctx: Ctx) -> Actor | None:
    """Whoever shows a credential; 401 when it is no good. A cookie counts for POST only.

    Any page could make a browser send a GET with the cookie, and so start a scenario.
    """
    by_cookie = request.method == "POST" and bool(request.cookies)
    if not by_cookie and not any(name in request.headers for name in _HEADERS):
        return None
    authenticate: Authenticate = request.app.state.authenticate
    try:
        actor = await authenticate(request, ctx)
    except errors.Unauthorized:
        if by_cookie and not any(name in request.headers for name in _HEADERS):
            return None
        raise
    request.state.language, request.state.caller = actor.language, actor
    return actor


async def by_query(ctx: Ctx, point: EntryPoint, request: Request) -> Actor | None:
    """The key of `?key=`, when this entry point takes keys in addresses."""
    given = request.query_params.get("key")
    if not given or not point.key_in_query:
        return None
    actor = await accounts.authenticate_key(ctx, given, client_address(request))
    request.state.caller = actor
    return actor


def check(actor: Actor | None, point: EntryPoint, bot_id: int) -> None:
    """401 without a credential where one is needed, 403 for one that does not reach so far."""
    if actor is None:
        if point.require_key:
            raise unauthorized()
        return
    auth_policy.allow(actor, START)
    if actor.bot_ids and bot_id not in actor.bot_ids:
        raise errors.Forbidden("bot_not_yours")


def count(request: Request, actor: Actor | None, point: EntryPoint, bot_id: int) -> None:
    """429 for an address that calls an open entry point too often."""
    if actor is None:
        subject = f"{bot_id} {point.node_id} {counted(client_address(request))}"
        standing = limiter.count(subject, OPEN_RATE)
        request.state.rate = standing
        if standing.remaining < 0:
            raise errors.TooManyRequests(retry_after=standing.reset)


def unauthorized() -> errors.Unauthorized:
    return errors.Unauthorized("unauthorized", headers={"WWW-Authenticate": "API-Key, Bearer"})
