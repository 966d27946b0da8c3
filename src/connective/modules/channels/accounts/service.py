"""Makes, changes and removes accounts at providers; the only writer of them.

The provider is asked before anything is written, so that a wrong credential leaves all as it was.
"""

from collections.abc import Mapping
from typing import Any

import msgspec
from sqlalchemy import insert, update

from connective.contracts.channel import CHANNELS
from connective.contracts.provider import Connection, Identity
from connective.kit import auth_policy, crypto, errors, instance
from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.kit.outbox.again import due_now
from connective.kit.outbox.models import endpoints
from connective.kit.paging import Page, PageQuery, page
from connective.modules.channels import connections, directory
from connective.modules.channels import queries as of_bots
from connective.modules.channels.accounts import given, providers, queries, shown
from connective.modules.channels.accounts.schemas import (
    ChannelAccount,
    ChannelPatch,
    NewChannel,
)
from connective.modules.channels.models import channel_accounts


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


async def create(ctx: Ctx, new: NewChannel) -> ChannelAccount:
    """Connect a bot to a channel: ask who we are, have events sent to us, keep it."""
    known = connections.provider_of(new.type)
    bot = auth_policy.find(
        ctx.actor, "channels.edit", await of_bots.bot(ctx.db, new.bot_id, lock=True)
    )
    before = await queries.ever(ctx.db, bot.id, new.type)
    if before is not None and before.deleted_at is None:
        raise errors.Conflict("channel_exists", channel=known.title, bot=bot.name)
    connection = Connection(
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
    identity = await providers.connected(ctx, known, connection)
    values = _values(connection, identity) | {
        "name": new.name,
        "api_base": new.api_base.rstrip("/"),
        "webhook_secret": instance.vault().seal(connection.secret),
        "deleted_at": None,
        "last_error": None,
    }
    number = await _write(ctx, bot, before, values, url=connection.api_base)
    row = await own(ctx, number, "channels.edit")
    ctx.audit("channel.connected", "bot", bot.id, None, shown.audited(row))
    return shown.account(row)


async def _write(
    ctx: Ctx, bot: AnyRow, before: AnyRow | None, values: dict[str, Any], *, url: str
) -> int:
    values |= _running(ctx)
    ctx.after_commit(directory.forget)
    if before is not None:
        await _set(ctx, before, values, url=url)
        return int(before.id)
    endpoint = insert(endpoints).values(
        kind=values["channel"],
        name=bot.name,
        bot_id=bot.id,
        url=url,
        secret=instance.vault().seal(crypto.webhook_secret()),
        created_at=ctx.now,
    )
    endpoint_id = (await ctx.db.execute(endpoint.returning(endpoints.c.id))).scalar_one()
    account = insert(channel_accounts).values(
        bot_id=bot.id, endpoint_id=endpoint_id, created_at=ctx.now, **values
    )
    number = (await ctx.db.execute(account.returning(channel_accounts.c.id))).scalar_one()
    ctx.wakes("polling")
    return int(number)


def _values(connection: Connection, identity: Identity) -> dict[str, Any]:
    vault = instance.vault()
    return {
        "channel": connection.channel,
        "mode": connection.mode,
        "settings": dict(connection.settings),
        "credentials": {name: vault.seal(text) for name, text in connection.credentials.items()},
        "identity": msgspec.to_builtins(identity),
        "provider_id": identity.id,
    }


def _running(ctx: Ctx) -> dict[str, Any]:
    return {"status": "active", "enabled": True, "last_ok_at": ctx.now, "updated_at": ctx.now}


async def change(ctx: Ctx, number: int, patch: ChannelPatch) -> ChannelAccount:
    """Change an account; new credentials, address or mode are tried with the provider first."""
    before = await own(ctx, number, "channels.edit", lock=True)
    known = connections.provider_of(before.channel)
    old = _connection(before)
    new = msgspec.structs.replace(
        old,
        credentials=given.credentials(known, patch.credentials, old.credentials),
        settings=given.settings(known, patch.settings, old.settings),
        mode=given.mode(known, patch.mode or old.mode),
        api_base=old.api_base
        if patch.api_base is None
        else connections.api_base(known.declaration, given.base(ctx, patch.api_base)),
    )
    values: dict[str, Any] = {"settings": dict(new.settings), "updated_at": ctx.now}
    if patch.name is not None:
        values["name"] = patch.name
    if patch.api_base is not None:
        values["api_base"] = patch.api_base.rstrip("/")
    if _differs(old, new):
        identity = await providers.connected(ctx, known, new)
        values |= _values(new, identity) | _running(ctx) | {"last_error": None}
        if identity.id != before.provider_id:
            values["cursor"] = ""
            await providers.left(known, old)
    await _set(ctx, before, values, url=new.api_base)
    after = await own(ctx, number, "channels.edit")
    ctx.audit("channel.changed", "bot", before.bot_id, shown.audited(before), shown.audited(after))
    return shown.account(after)


def _differs(old: Connection, new: Connection) -> bool:
    """Whether the provider has to be asked."""
    return any(
        getattr(old, name) != getattr(new, name)
        for name in ("credentials", "api_base", "mode", "settings")
    )


def _connection(row: AnyRow) -> Connection:
    found = connections.connection_of(row)
    if found is None:
        raise errors.NotFound("not_found")
    return found


async def connect(ctx: Ctx, number: int) -> ChannelAccount:
    """Connect anew with what is kept; how it went stands in the answer's state."""
    row = await own(ctx, number, "channels.edit", lock=True)
    known = connections.provider_of(row.channel)
    connection = _connection(row)
    given.credentials(known, {}, connection.credentials)
    identity = await providers.connected(ctx, known, connection)
    values = _values(connection, identity) | _running(ctx) | {"last_error": None}
    await _set(ctx, row, values)
    ctx.audit("channel.connected", "bot", row.bot_id, None, {"type": row.channel})
    return shown.account(await own(ctx, number, "channels.edit"))


async def check(ctx: Ctx, number: int) -> ChannelAccount:
    """Ask the provider whether it still works, and keep the answer."""
    row = await own(ctx, number, "channels.edit", lock=True)
    await judge(ctx, row)
    return shown.account(await own(ctx, number, "channels.edit"))


async def judge(ctx: Ctx, row: AnyRow) -> None:
    """Set an account's state by what its provider says now."""
    known = connections.provider_of(row.channel)
    verdict = await providers.judged(known, _connection(row))
    if isinstance(verdict, Identity):
        values: dict[str, Any] = {
            "identity": msgspec.to_builtins(verdict),
            "last_ok_at": ctx.now,
            "last_error": None,
        }
        if row.status == "error":
            values |= {"status": "active", "enabled": True}
        await _set(ctx, row, values)
    elif verdict.lasting:
        await fail(ctx, row, verdict.text)
    else:
        await _set(ctx, row, {"last_error": verdict.text})


async def fail(ctx: Ctx, row: AnyRow, text: str) -> None:
    """The account does not work until somebody looks at it; what is to go out waits."""
    if row.status != "active":
        return
    await _set(ctx, row, {"status": "error", "last_error": text})
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


async def disconnect(ctx: Ctx, number: int) -> ChannelAccount:
    """Have no more events sent; chats and credentials stay."""
    row = await own(ctx, number, "channels.edit", lock=True)
    await _take_off(ctx, row, {})
    ctx.audit("channel.disconnected", "bot", row.bot_id, None, {"type": row.channel})
    return shown.account(await own(ctx, number, "channels.edit"))


async def remove(ctx: Ctx, number: int) -> None:
    """Disconnect, and forget the credentials; the chats stay with their history."""
    row = await own(ctx, number, "channels.edit", lock=True)
    gone: dict[str, Any] = {
        "credentials": {},
        "webhook_secret": None,
        "identity": {},
        "deleted_at": ctx.now,
    }
    await _take_off(ctx, row, gone)
    ctx.audit("channel.deleted", "bot", row.bot_id, shown.audited(row), None)


async def _take_off(ctx: Ctx, row: AnyRow, more: Mapping[str, Any]) -> None:
    fault = None
    if row.credentials:
        fault = await providers.left(connections.provider_of(row.channel), _connection(row))
    values = {"status": "not_configured", "enabled": False, "provider_id": None, "cursor": ""}
    await _set(ctx, row, values | {"last_error": fault} | dict(more))


async def pause(ctx: Ctx, number: int, *, paused: bool) -> ChannelAccount:
    """Take and send nothing for a while: what is to go out waits, the provider keeps the rest."""
    row = await own(ctx, number, "channels.edit", lock=True)
    if row.status == "not_configured":
        raise errors.Conflict("channel_not_connected", channel=CHANNELS[row.channel].title)
    if paused != (row.status == "paused"):
        status = "paused" if paused else "active"
        await _set(ctx, row, {"status": status, "enabled": not paused})
        ctx.audit("channel.paused" if paused else "channel.resumed", "bot", row.bot_id)
    return shown.account(await own(ctx, number, "channels.edit"))


async def _set(ctx: Ctx, row: AnyRow, values: Mapping[str, Any], *, url: str = "") -> None:
    """Write an account and, with its status, whether its endpoint is called."""
    changed = update(channel_accounts).where(channel_accounts.c.id == row.id)
    await ctx.db.execute(changed.values(**{"updated_at": ctx.now, **values}))
    ctx.after_commit(directory.forget)
    told: dict[str, Any] = {"url": url} if url else {}
    if "status" in values:
        told["status"] = "active" if values["status"] == "active" else "paused"
        if told["status"] == "active":
            await due_now(ctx.db, row.endpoint_id, now=ctx.now)
        ctx.wakes("outbox")
        ctx.wakes("polling")
    if told:
        own_endpoint = update(endpoints).where(endpoints.c.id == row.endpoint_id)
        await ctx.db.execute(own_endpoint.values(version=endpoints.c.version + 1, **told))
