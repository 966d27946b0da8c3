"""Sockets and streams: what lets them in, and whether it still does, for many of them at once."""

from collections.abc import Sequence

from fastapi import Request

from connective.kit import crypto
from connective.kit.auth_policy import Actor
from connective.kit.context import Ctx
from connective.kit.http.address import client_address, within
from connective.kit.realtime import Pass
from connective.modules.accounts.service import rules as sign_in_rules
from connective.modules.accounts.service import sign_in, tokens
from connective.modules.accounts.service.authentication import (
    barred,
    credential,
    is_over,
    key_actor,
    person,
)
from connective.modules.accounts.signing import queries as signing


async def of_cookie(ctx: Ctx, cookie: str, address: str) -> Pass | None:
    """By the browser's session cookie; the Origin has been checked."""
    found = await signing.signed_in_by_cookie(ctx.db, crypto.digest(cookie))
    return Pass("session", found.session_id, address) if found else None


async def of_token(ctx: Ctx, token: str, address: str) -> Pass | None:
    """By an access token, as long as it lasts, or by an API key."""
    if token.count(".") == 2:  # only a JWT has dots
        named = tokens.read(token)
        return Pass("session", named.session_id, address, until=named.ends) if named else None
    given = crypto.digest(token)
    found = await signing.key_by_hash(ctx.db, given)
    if found is None:
        return None
    return Pass("key", found.id, address, until=None if found.hash == given else found.old_until)


async def of_request(ctx: Ctx, request: Request) -> Pass | None:
    """What let a request in that has been admitted, if it is to be kept open."""
    scheme, given = credential(request)
    address = client_address(request)
    if scheme == "cookie":
        return await of_cookie(ctx, given, address)
    return await of_token(ctx, given, address)


async def standing(ctx: Ctx, passes: Sequence[Pass]) -> dict[Pass, Actor]:
    """Those that are good now, and on whose behalf."""
    good = [entry for entry in passes if entry.until is None or ctx.now < entry.until]
    sessions = await signing.signed_in(ctx.db, [p.id for p in good if p.kind == "session"])
    keys = await signing.keys(ctx.db, [p.id for p in good if p.kind == "key"])
    found: dict[Pass, Actor] = {}
    for entry in good:
        row = (sessions if entry.kind == "session" else keys).get(entry.id)
        if row is None:
            continue
        if entry.kind == "key":
            allowed = not row.ip_allowlist or within(entry.address, tuple(row.ip_allowlist))
            if allowed and not is_over(row, ctx):
                found[entry] = key_actor(row, entry.address)
            continue
        rules = sign_in_rules.of(row.rules)
        if sign_in.is_alive(row, ctx.now, rules.sessions) and not barred(row, rules, entry.address):
            found[entry] = person(row, entry.address)
    return found
