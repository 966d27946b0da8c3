"""Reset links: made by an administrator or on the server, used once, within half an hour."""

from datetime import timedelta
from typing import Any

import msgspec
from sqlalchemy import insert, update

from connective.kit import crypto, errors, instance
from connective.kit.context import Ctx
from connective.kit.http.reply import moment
from connective.modules.accounts import queries
from connective.modules.accounts.models import reset_links
from connective.modules.accounts.schemas.signing import ResetCheckOut, ResetLinkOut
from connective.modules.accounts.service import rules as sign_in_rules
from connective.modules.accounts.service import second_factor, sign_in, users
from connective.modules.accounts.signing import queries as signing

LIFE = timedelta(minutes=30)
TRIES = 5


class Link(msgspec.Struct, frozen=True):
    """A link that may be used, with its user."""

    id: int
    user_id: int
    email: str
    otp_needed: bool


async def make_link(ctx: Ctx, user_id: int) -> ResetLinkOut:
    """A link for another user; the earlier ones end."""
    if ctx.actor.kind == "user" and ctx.actor.id == user_id:
        raise errors.Conflict("own_account")
    found = await users.manageable(ctx, user_id)
    if not found.active:
        raise errors.Conflict("user_inactive")
    await _revoke_open(ctx, user_id)
    token = crypto.token()
    expires_at = ctx.now + LIFE
    row = {"user_id": user_id, "hash": crypto.digest(token), "created_at": ctx.now}
    maker = ctx.actor.id if ctx.actor.kind == "user" else None
    made = insert(reset_links).values(**row, created_by=maker, expires_at=expires_at)
    await ctx.db.execute(made)
    ctx.audit("user.reset_link_made", "user", user_id)
    return ResetLinkOut(f"{instance.settings().base_url}/reset/{token}", moment(expires_at))


async def make_link_by_email(ctx: Ctx, email: str) -> ResetLinkOut:
    """For the command line."""
    found = await queries.user_by_email(ctx.db, sign_in.folded(email))
    if found is None:
        raise errors.NotFound("unknown_user", email=email)
    return await make_link(ctx, found.id)


async def check(ctx: Ctx, token: str) -> ResetCheckOut:
    """What the page behind the link has to ask for; does not use the link up."""
    link = await usable(ctx, token)
    rules = await sign_in_rules.current(ctx)
    return ResetCheckOut(_masked(link.email), link.otp_needed, rules.password)


async def usable(ctx: Ctx, token: str) -> Link:
    """The locked link; 410 when it was used, revoked, tried too often or is too old."""
    found = await signing.reset_link(ctx.db, crypto.digest(token))
    if found is None or not found.active or found.used_at or found.revoked_at:
        raise errors.Gone("reset_link_gone")
    if found.expires_at <= ctx.now or found.tries >= TRIES:
        raise errors.Gone("reset_link_gone")
    return Link(found.id, found.user_id, found.email, found.totp_needed)


async def asked(ctx: Ctx, token: str) -> sign_in.Asked:
    """What a password set by the link has to be."""
    link = await usable(ctx, token)
    return await sign_in.asked(ctx, await users.existing(ctx, link.user_id))


async def count_try(ctx: Ctx, token: str, otp: str | None) -> Link:
    """Count a try with a second factor, so that its code cannot be guessed."""
    link = await usable(ctx, token)
    if link.otp_needed and otp is None:
        raise errors.Unauthorized("otp_required")
    if link.otp_needed:
        tried = reset_links.c.tries + 1
        mine = reset_links.c.id == link.id
        await ctx.db.execute(update(reset_links).where(mine).values(tries=tried))
    return link


async def use(ctx: Ctx, link: Link, new_hash: str, *, otp: str | None) -> None:
    """Set the password, end every session; the second factor is still asked."""
    user = await queries.user(ctx.db, link.user_id, lock=True)
    if user is None or not user.active:
        raise errors.Gone("reset_link_gone")
    if user.totp_secret is not None and not await _code_is_right(ctx, user, otp):
        raise errors.Invalid("bad_code", field="otp")
    mine = (reset_links.c.id == link.id, reset_links.c.used_at.is_(None))
    used = await ctx.db.execute(update(reset_links).where(*mine).values(used_at=ctx.now))
    if used.rowcount != 1:
        raise errors.Gone("reset_link_gone")
    await sign_in.set_password(ctx, link.user_id, new_hash)
    await _revoke_open(ctx, link.user_id)


async def _code_is_right(ctx: Ctx, user: Any, otp: str | None) -> bool:
    return otp is not None and await second_factor.accepts(ctx, user, otp)


async def _revoke_open(ctx: Ctx, user_id: int) -> None:
    still = (reset_links.c.user_id == user_id, reset_links.c.used_at.is_(None))
    await ctx.db.execute(update(reset_links).where(*still).values(revoked_at=ctx.now))


def _masked(email: str) -> str:
    name, _, domain = email.partition("@")
    return f"{name[:1]}***@{domain}"
