"""API keys: made, changed, rotated with an overlap, revoked. Only a hash of a key is stored."""

import ipaddress
import secrets
import string
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import insert, update

from connective.kit import crypto, errors
from connective.kit.auth_policy import Actor, find, within
from connective.kit.context import Ctx
from connective.kit.errors import FieldError
from connective.kit.http.reply import moment
from connective.kit.paging import Page, PageQuery, page
from connective.modules.accounts import queries
from connective.modules.accounts.models import api_keys
from connective.modules.accounts.permissions import DEFAULT_SCOPES, SCOPES
from connective.modules.accounts.schemas.keys import KeyOut, NewKeyOut

PREFIX = 8
_LETTERS = string.ascii_letters + string.digits
# These let a program act upon people, or as one of them.
FOR_USERS = ("users:", "embed:")


async def create(ctx: Ctx, given: Mapping[str, Any]) -> NewKeyOut:
    """Make a key for systems outside; its secret is in this answer only."""
    values = dict(given)
    if values.get("scopes") is None:
        users_too = _may_grant_users(ctx.actor)
        values["scopes"] = [s for s in DEFAULT_SCOPES if users_too or not s.startswith(FOR_USERS)]
    _check(ctx, values)
    return await _store(ctx, values)


async def create_bot_key(ctx: Ctx, bot_id: int, name: str) -> str:
    """The default key of a new bot, with the default scopes but those about users."""
    scopes = [s for s in DEFAULT_SCOPES if not s.startswith(FOR_USERS)]
    values = {"name": name[:80], "bot_ids": [bot_id], "scopes": scopes, "default_of_bot": bot_id}
    return (await _store(ctx, values)).secret


async def rotate_bot_key(ctx: Ctx, bot_id: int, *, overlap_h: int = 24) -> str:
    """A new default key of a bot; the old one is taken for some more hours."""
    found = await queries.bot_key(ctx.db, bot_id)
    if found is None or found.revoked_at is not None:
        raise errors.NotFound("not_found")
    return (await _rotate(ctx, found, overlap_h)).secret


async def rotate(ctx: Ctx, key_id: int, *, overlap_h: int) -> NewKeyOut:
    found = await _mine(ctx, key_id)
    _check(ctx, {"scopes": found.scopes, "bot_ids": found.bot_ids, "topic_ids": found.topic_ids})
    return await _rotate(ctx, found, overlap_h)


async def change(ctx: Ctx, key_id: int, changes: Mapping[str, Any]) -> KeyOut:
    found = await _mine(ctx, key_id)
    kept = {name: getattr(found, name) for name in ("scopes", "bot_ids", "topic_ids")}
    _check(ctx, kept | dict(changes))
    before = out(found)
    if changes:
        row = update(api_keys).where(api_keys.c.id == key_id).values(dict(changes))
        await ctx.db.execute(row)
    after = out(await queries.key(ctx.db, key_id))
    ctx.audit("key.changed", "key", key_id, before=_told(before), after=_told(after))
    return after


async def revoke(ctx: Ctx, key_id: int) -> None:
    """The key is refused from now on."""
    await _end(ctx, await _mine(ctx, key_id))


async def revoke_bot_key(ctx: Ctx, bot_id: int) -> None:
    """The default key of a bot that is put away; none there is as good."""
    found = await queries.bot_key(ctx.db, bot_id)
    if found is not None and found.revoked_at is None:
        await _end(ctx, found)


async def _end(ctx: Ctx, found: Any) -> None:
    ended = {"revoked_at": ctx.now, "old_hash": None, "old_until": None, "default_of_bot": None}
    await ctx.db.execute(update(api_keys).where(api_keys.c.id == found.id).values(ended))
    ctx.audit("key.revoked", "key", found.id, before=_told(out(found)))


async def get(ctx: Ctx, key_id: int) -> KeyOut:
    return out(_alive(find(ctx.actor, "keys.view", await queries.key(ctx.db, key_id))))


async def listed(ctx: Ctx, asked: PageQuery, *, bot_id: int | None) -> Page[KeyOut]:
    rows = await queries.list_keys(ctx.db, ctx.actor, page=asked, bot_id=bot_id)
    return page([out(row) for row in rows], asked.limit, "id")


def out(row: Any) -> KeyOut:
    return KeyOut(**_fields(row))


def _check(ctx: Ctx, values: Mapping[str, Any]) -> None:
    """Refuse unknown scopes and addresses, and whatever the maker may not do himself."""
    unknown = [(i, s) for i, s in enumerate(values["scopes"]) if s not in SCOPES]
    if unknown:
        raise errors.invalid(
            *(FieldError(f"scopes[{i}]", "unknown_scope", {"scope": s}) for i, s in unknown)
        )
    _check_addresses(values.get("ip_allowlist") or ())
    expires_at = values.get("expires_at")
    if expires_at is not None and (expires_at.tzinfo is None or expires_at <= ctx.now):
        raise errors.Invalid("expires_in_past", field="expires_at")
    if not within(ctx.actor.bot_ids, values.get("bot_ids", ())) or not within(
        ctx.actor.topic_ids, values.get("topic_ids", ())
    ):
        raise errors.Forbidden("grants_other_bots")
    for_users = [s for s in values["scopes"] if s.startswith(FOR_USERS)]
    if for_users and not _may_grant_users(ctx.actor):
        raise errors.Forbidden("grants_too_much", what=", ".join(for_users))


def _may_grant_users(actor: Actor) -> bool:
    return actor.is_root or "users.edit" in actor.permissions


def _check_addresses(networks: Iterable[str]) -> None:
    for index, network in enumerate(networks):
        try:
            ipaddress.ip_network(network, strict=False)
        except ValueError:
            field = f"ip_allowlist[{index}]"
            wrong = FieldError(field, "bad_network", {"network": network})
            raise errors.invalid(wrong) from None


def _new_secret() -> str:
    """`prefix_secret`: eight letters to know the key by, and 256 random bits."""
    prefix = "".join(secrets.choice(_LETTERS) for _ in range(PREFIX))
    return f"{prefix}_{crypto.token()}"


async def _store(ctx: Ctx, values: dict[str, Any]) -> NewKeyOut:
    secret = _new_secret()
    values["scopes"] = sorted(set(values["scopes"]))
    made = insert(api_keys).values(
        **values,
        prefix=secret[:PREFIX],
        hash=crypto.digest(secret),
        created_by=ctx.actor.id if ctx.actor.kind == "user" else None,
        created_at=ctx.now,
    )
    row = (await ctx.db.execute(made.returning(api_keys))).one()
    ctx.audit("key.created", "key", row.id, after=_told(out(row)))
    return NewKeyOut(**_fields(row), secret=secret)


async def _rotate(ctx: Ctx, found: Any, overlap_h: int) -> NewKeyOut:
    secret = _new_secret()
    until = ctx.now + timedelta(hours=overlap_h) if overlap_h else None
    values = {
        "prefix": secret[:PREFIX],
        "hash": crypto.digest(secret),
        "old_hash": found.hash if overlap_h else None,
        "old_until": until,
    }
    changed = update(api_keys).where(api_keys.c.id == found.id).values(values)
    row = (await ctx.db.execute(changed.returning(api_keys))).one()
    ctx.audit("key.rotated", "key", found.id, after={"overlap_h": overlap_h})
    return NewKeyOut(**_fields(row), secret=secret)


async def _mine(ctx: Ctx, key_id: int) -> Any:
    """The locked row of a key that the actor may edit."""
    return _alive(find(ctx.actor, "keys.edit", await queries.key(ctx.db, key_id, lock=True)))


def _alive(row: Any) -> Any:
    if row.revoked_at is not None:
        raise errors.NotFound("not_found")
    return row


def _fields(row: Any) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.name,
        "prefix": row.prefix,
        "bot_ids": list(row.bot_ids),
        "topic_ids": list(row.topic_ids),
        "scopes": list(row.scopes),
        "ip_allowlist": list(row.ip_allowlist),
        "rate_per_min": row.rate_per_min,
        "default_of_bot": row.default_of_bot,
        "expires_at": moment(row.expires_at),
        "old_until": moment(row.old_until),
        "created_by": row.created_by,
        "created_at": moment(row.created_at),
        "last_used_at": moment(row.last_used_at),
        "last_used_address": row.last_used_address,
    }


def _told(key: KeyOut) -> dict[str, Any]:
    """What of a key stands in the audit trail."""
    kept = ("name", "prefix", "bot_ids", "topic_ids", "scopes", "ip_allowlist", "rate_per_min")
    return {name: getattr(key, name) for name in kept}
