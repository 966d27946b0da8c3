"""Writes accounts, and with their state whether their endpoints are called."""

from collections.abc import Mapping
from typing import Any

import msgspec
from sqlalchemy import insert, update

from connective.contracts.provider import Connection, Identity
from connective.kit import crypto, instance
from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.kit.outbox.again import due_now
from connective.kit.outbox.models import endpoints
from connective.modules.channels import directory
from connective.modules.channels.models import channel_accounts


async def write(ctx: Ctx, connection: Connection, values: Mapping[str, Any], *, name: str) -> int:
    """A new account with its endpoint, which is called `name`; gives its number."""
    ctx.after_commit(directory.forget)
    endpoint = insert(endpoints).values(
        kind=connection.channel,
        name=name,
        bot_id=connection.bot_id,
        url=connection.api_base,
        secret=instance.vault().seal(crypto.webhook_secret()),
        created_at=ctx.now,
    )
    endpoint_id = (await ctx.db.execute(endpoint.returning(endpoints.c.id))).scalar_one()
    account = insert(channel_accounts).values(
        bot_id=connection.bot_id, endpoint_id=endpoint_id, created_at=ctx.now, **values
    )
    number = (await ctx.db.execute(account.returning(channel_accounts.c.id))).scalar_one()
    ctx.wakes("polling")
    return int(number)


def working(ctx: Ctx, connection: Connection, identity: Identity) -> dict[str, Any]:
    """An account that its provider has just agreed to."""
    vault = instance.vault()
    return {
        "channel": connection.channel,
        "mode": connection.mode,
        "settings": dict(connection.settings),
        "credentials": {name: vault.seal(text) for name, text in connection.credentials.items()},
        "identity": msgspec.to_builtins(identity),
        "provider_id": identity.id,
        "status": "active",
        "enabled": True,
        "last_ok_at": ctx.now,
        "last_error": None,
        "updated_at": ctx.now,
    }


async def update_row(ctx: Ctx, row: AnyRow, values: Mapping[str, Any], *, url: str = "") -> None:
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
