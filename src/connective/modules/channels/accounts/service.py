"""Makes, changes and removes accounts at providers, each in the caller's transaction.

What a provider has to be asked for stands between two of them, see connecting.py.
"""

from typing import Any

import msgspec

from connective.contracts.channel import CHANNELS
from connective.contracts.provider import Connection, Identity, ProviderFailed
from connective.kit import auth_policy, crypto, errors, instance
from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.kit.paging import Page, PageQuery, page
from connective.modules.channels import connections
from connective.modules.channels import queries as of_bots
from connective.modules.channels.accounts import given, keeping, queries, shown
from connective.modules.channels.accounts.schemas import (
    ChannelAccount,
    ChannelPatch,
    NewChannel,
)


async def listed(
    ctx: Ctx, asked: PageQuery, *, bot_id: int | None, channel: str | None
) -> Page[ChannelAccount]:
    """Accounts that the actor sees."""
    after = asked.after(int)
    known = list(connections.providers())
    rows = await queries.listed(
        ctx.db,
        ctx.actor,
        types=[key for key in known if channel in (None, key)],
        bot_id=bot_id,
        after=after[0] if after else 0,
        limit=asked.limit,
    )
    cut = page(list(rows), asked.limit, "id")
    return Page([shown.account(row) for row in cut.items], cut.next_cursor)


async def get(ctx: Ctx, number: int) -> ChannelAccount:
    return shown.account(await own(ctx, number, "channels.view"))


async def own(ctx: Ctx, number: int, action: str, *, lock: bool = False) -> AnyRow:
    """An account that the actor may do this to; 404 for others, and for the custom channel."""
    row = await queries.by_id(ctx.db, number, lock=lock)
    if row is not None and row.channel not in connections.providers():
        row = None
    found: AnyRow = auth_policy.find(ctx.actor, action, row)
    return found


async def planned(ctx: Ctx, new: NewChannel) -> Connection:
    """What a new account would be, before its provider is asked."""
    known = connections.provider_of(new.type)
    bot, before = await _place(ctx, new)
    return Connection(
        account_id=before.id if before is not None else 0,
        bot_id=bot.id,
        channel=new.type,
        api_base=connections.api_base(known.declaration, given.base(ctx, new.api_base)),
        credentials=given.credentials(known, new.credentials, {}),
        settings=given.settings(known, new.settings, {}),
        mode=given.mode(known, new.mode),
        hook_url=connections.hook_url(bot.id, new.type),
        secret=crypto.token(),
    )


async def _place(ctx: Ctx, new: NewChannel, *, lock: bool = False) -> tuple[AnyRow, AnyRow | None]:
    """The bot, and its account of this channel that was deleted."""
    found = await of_bots.bot(ctx.db, new.bot_id, lock=lock)
    bot: AnyRow = auth_policy.find(ctx.actor, "channels.edit", found)
    before = await queries.ever(ctx.db, bot.id, new.type)
    if before is not None and before.deleted_at is None:
        title = CHANNELS[new.type].title
        raise errors.Conflict("channel_exists", channel=title, bot=bot.name)
    return bot, before


async def create(
    ctx: Ctx, new: NewChannel, connection: Connection, identity: Identity
) -> ChannelAccount:
    """Keep a new account that its provider has agreed to; a deleted one comes back."""
    bot, before = await _place(ctx, new, lock=True)
    values = keeping.working(ctx, connection, identity) | {
        "name": new.name,
        "api_base": new.api_base.rstrip("/"),
        "webhook_secret": instance.vault().seal(connection.secret),
        "deleted_at": None,
    }
    if before is None:
        number = await keeping.write(ctx, connection, values, name=bot.name)
    else:
        number = before.id
        await keeping.update_row(ctx, before, values, url=connection.api_base)
    row = await own(ctx, number, "channels.edit")
    ctx.audit("channel.connected", "bot", bot.id, None, shown.audited(row))
    return shown.account(row)


async def wanted(ctx: Ctx, number: int, patch: ChannelPatch) -> tuple[Connection, Connection]:
    """An account as it is, and as it would be."""
    row = await own(ctx, number, "channels.edit")
    old = connection(row)
    return old, _patched(ctx, old, patch)


def _patched(ctx: Ctx, old: Connection, patch: ChannelPatch) -> Connection:
    known = connections.provider_of(old.channel)
    return msgspec.structs.replace(
        old,
        credentials=given.credentials(known, patch.credentials, old.credentials),
        settings=given.settings(known, patch.settings, old.settings),
        mode=given.mode(known, patch.mode or old.mode),
        api_base=old.api_base
        if patch.api_base is None
        else connections.api_base(known.declaration, given.base(ctx, patch.api_base)),
    )


def differs(old: Connection, new: Connection) -> bool:
    """Whether the provider has to be asked."""
    return any(
        getattr(old, name) != getattr(new, name)
        for name in ("credentials", "api_base", "mode", "settings", "secret")
    )


async def change(
    ctx: Ctx,
    number: int,
    patch: ChannelPatch,
    *,
    agreed: tuple[Connection, Identity] | None = None,
) -> ChannelAccount:
    """Write a change, with what the provider has `agreed` to where it had to be asked."""
    before = await own(ctx, number, "channels.edit", lock=True)
    old = connection(before)
    new = _patched(ctx, old, patch)
    values: dict[str, Any] = {"settings": dict(new.settings)}
    if patch.name is not None:
        values["name"] = patch.name
    if patch.api_base is not None:
        values["api_base"] = patch.api_base.rstrip("/")
    if agreed is not None:
        values |= _agreed(ctx, before, new, *agreed)
    await keeping.update_row(ctx, before, values, url=new.api_base)
    after = await own(ctx, number, "channels.edit")
    ctx.audit("channel.changed", "bot", before.bot_id, shown.audited(before), shown.audited(after))
    return shown.account(after)


def _agreed(
    ctx: Ctx, row: AnyRow, now: Connection, asked: Connection, identity: Identity
) -> dict[str, Any]:
    """What is written of an agreement, if it still is about this account as it is now."""
    if differs(now, asked):
        raise errors.Conflict("channel_changed", channel=CHANNELS[row.channel].title)
    anew = {"cursor": ""} if identity.id != row.provider_id else {}
    return keeping.working(ctx, asked, identity) | anew


async def kept(ctx: Ctx, number: int) -> Connection:
    """What an account is to be connected with once more; 422 where something is missing."""
    found = connection(await own(ctx, number, "channels.edit"))
    given.credentials(connections.provider_of(found.channel), {}, found.credentials)
    return found


async def connect(ctx: Ctx, number: int, asked: Connection, identity: Identity) -> ChannelAccount:
    """Keep what the provider has agreed to once more."""
    row = await own(ctx, number, "channels.edit", lock=True)
    await keeping.update_row(ctx, row, _agreed(ctx, row, connection(row), asked, identity))
    ctx.audit("channel.connected", "bot", row.bot_id, None, {"type": row.channel})
    return await get(ctx, number)


def connection(row: AnyRow) -> Connection:
    """The account as its provider is asked with it."""
    found = connections.connection_of(row)
    if found is None:
        raise errors.NotFound("not_found")
    return found


async def judge(
    ctx: Ctx, number: int, asked: Connection, verdict: Identity | ProviderFailed
) -> None:
    """Set an account's state by what its provider has said, unless it was changed meanwhile."""
    row = await queries.by_id(ctx.db, number, lock=True)
    if row is None or differs(connection(row), asked):
        return
    if isinstance(verdict, Identity):
        values: dict[str, Any] = {
            "identity": msgspec.to_builtins(verdict),
            "last_ok_at": ctx.now,
            "last_error": None,
        }
        if row.status == "error":
            values |= {"status": "active", "enabled": True}
        await keeping.update_row(ctx, row, values)
    elif verdict.lasting:
        await fail(ctx, row, verdict.text)
    else:
        await keeping.update_row(ctx, row, {"last_error": verdict.text})


async def fail(ctx: Ctx, row: AnyRow, text: str) -> None:
    """The account does not work until somebody looks at it; what is to go out waits."""
    if row.status != "active":
        return
    await keeping.update_row(ctx, row, {"status": "error", "last_error": text})
    ctx.emit(
        "channel.warned",
        {
            "endpoint_id": row.endpoint_id,
            "name": f"{row.bot_name}: {CHANNELS[row.channel].title}",
            "reason": text,
            "failing_since": row.last_ok_at or ctx.now,
        },
        bot_id=row.bot_id,
    )


async def fail_of_endpoint(ctx: Ctx, endpoint_id: int, text: str) -> None:
    """The same, said by what was sent through an endpoint."""
    row = await queries.of_endpoint(ctx.db, endpoint_id)
    if row is not None:
        await fail(ctx, row, text)


async def disconnect(ctx: Ctx, number: int) -> Connection | None:
    """Take nothing more; gives what the provider is told with."""
    row = await own(ctx, number, "channels.edit", lock=True)
    await _take_off(ctx, row, {})
    ctx.audit("channel.disconnected", "bot", row.bot_id, None, {"type": row.channel})
    return connection(row) if row.credentials else None


async def remove(ctx: Ctx, number: int) -> Connection | None:
    """The same, and forget the credentials."""
    row = await own(ctx, number, "channels.edit", lock=True)
    gone: dict[str, Any] = {
        "credentials": {},
        "webhook_secret": None,
        "identity": {},
        "deleted_at": ctx.now,
    }
    await _take_off(ctx, row, gone)
    ctx.audit("channel.deleted", "bot", row.bot_id, shown.audited(row), None)
    return connection(row) if row.credentials else None


async def _take_off(ctx: Ctx, row: AnyRow, more: dict[str, Any]) -> None:
    values = {"status": "not_configured", "enabled": False, "provider_id": None, "cursor": ""}
    await keeping.update_row(ctx, row, values | {"last_error": None} | more)


async def note_fault(ctx: Ctx, number: int, text: str) -> None:
    """Show what went wrong at the provider."""
    row = await queries.by_id(ctx.db, number, lock=True)
    if row is not None:
        await keeping.update_row(ctx, row, {"last_error": text})


async def pause(ctx: Ctx, number: int, *, paused: bool) -> ChannelAccount:
    """Take and send nothing for a while: what is to go out waits, the provider keeps the rest."""
    row = await own(ctx, number, "channels.edit", lock=True)
    if row.status == "not_configured":
        raise errors.Conflict("channel_not_connected", channel=CHANNELS[row.channel].title)
    if paused != (row.status == "paused"):
        status = "paused" if paused else "active"
        await keeping.update_row(ctx, row, {"status": status, "enabled": not paused})
        ctx.audit("channel.paused" if paused else "channel.resumed", "bot", row.bot_id)
    return await get(ctx, number)
