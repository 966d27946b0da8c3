"""The custom channel of a bot: its address, tokens and signing secret."""

from datetime import timedelta
from typing import Any

from sqlalchemy import insert, update

from connective.kit import auth_policy, crypto, instance
from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.kit.egress.entered import check_entered
from connective.kit.http.reply import moment
from connective.kit.outbox.models import endpoints
from connective.modules.channels import directory, queries
from connective.modules.channels.models import channel_accounts
from connective.modules.channels.schemas import (
    CustomChannel,
    CustomChannelIn,
    SigningSecret,
)

KEY = "custom_channel"


async def custom_channel(ctx: Ctx, bot_id: int) -> CustomChannel | None:
    """The bot's custom channel; None while it has none, 404 where the bot is not to be seen."""
    auth_policy.find(ctx.actor, "channels.view", await queries.bot(ctx.db, bot_id))
    row = await queries.of_bot(ctx.db, bot_id, KEY)
    return _shown(row) if row else None


async def put_custom_channel(ctx: Ctx, bot_id: int, given: CustomChannelIn) -> CustomChannel:
    """Create or change the bot's custom channel; only the answer that creates tells the secret."""
    check_entered(ctx, given.custom_channel_url, field="custom_channel_url")
    bot = auth_policy.find(ctx.actor, "channels.edit", await queries.bot(ctx.db, bot_id, lock=True))
    before = await queries.of_bot(ctx.db, bot_id, KEY, lock=True)
    if before is None:
        return await _create(ctx, bot, given)
    await _change(ctx, before, given)
    after = await _own(ctx, bot_id, "channels.edit")
    ctx.audit("channel.changed", "bot", bot_id, _audited(before), _audited(after))
    return _shown(after)


async def _create(ctx: Ctx, bot: AnyRow, given: CustomChannelIn) -> CustomChannel:
    secret = crypto.webhook_secret()
    endpoint = insert(endpoints).values(
        kind=KEY,
        name=bot.name,
        bot_id=bot.id,
        secret=instance.vault().seal(secret),
        created_at=ctx.now,
        **_endpoint_values(given),
    )
    endpoint_id = (await ctx.db.execute(endpoint.returning(endpoints.c.id))).scalar_one()
    account = insert(channel_accounts).values(
        bot_id=bot.id,
        channel=KEY,
        enabled=given.enabled,
        endpoint_id=endpoint_id,
        settings=_settings(given, {}),
        rate_per_s=given.rate_per_s,
        created_at=ctx.now,
        updated_at=ctx.now,
    )
    await ctx.db.execute(account)
    ctx.after_commit(directory.forget)
    row = await _own(ctx, bot.id, "channels.edit")
    ctx.audit("channel.created", "bot", bot.id, None, _audited(row))
    return CustomChannel(**_fields(row), signing_secret=secret)


async def _change(ctx: Ctx, before: AnyRow, given: CustomChannelIn) -> None:
    values = _endpoint_values(given) | {"version": endpoints.c.version + 1}
    if before.endpoint_status.startswith("disabled") and given.enabled:
        values |= {"status": "active", "failing_since": None, "warned_at": None}
    await ctx.db.execute(
        update(endpoints).where(endpoints.c.id == before.endpoint_id).values(**values)
    )
    account = update(channel_accounts).where(channel_accounts.c.id == before.id)
    await ctx.db.execute(
        account.values(
            enabled=given.enabled,
            rate_per_s=given.rate_per_s,
            settings=_settings(given, before.settings),
            updated_at=ctx.now,
        )
    )
    ctx.wakes("outbox")
    ctx.after_commit(directory.forget)


def _endpoint_values(given: CustomChannelIn) -> dict[str, Any]:
    values: dict[str, Any] = {
        "url": given.custom_channel_url,
        "timeout_s": given.timeout_s,
        "order_hold_min": given.order_hold_min,
    }
    if given.x_access_token is not None:
        token = given.x_access_token
        values["access_token"] = instance.vault().seal(token) if token else None
    return values


def _settings(given: CustomChannelIn, before: dict[str, Any]) -> dict[str, Any]:
    if given.input_token is None:
        return before
    token = given.input_token
    return before | {"input_token": instance.vault().seal(token) if token else ""}


async def rotate_secret(ctx: Ctx, bot_id: int, *, overlap_h: int) -> SigningSecret:
    """A new signing secret; the old one signs beside it for the overlap (hours)."""
    row = await _own(ctx, bot_id, "channels.edit")
    secret = crypto.webhook_secret()
    until = ctx.now + timedelta(hours=overlap_h) if overlap_h else None
    await ctx.db.execute(
        update(endpoints)
        .where(endpoints.c.id == row.endpoint_id)
        .values(
            secret=instance.vault().seal(secret),
            old_secret=row.secret if until else None,
            old_secret_until=until,
            version=endpoints.c.version + 1,
        )
    )
    ctx.audit("channel.secret_rotated", "bot", bot_id, None, {"overlap_h": overlap_h})
    ctx.wakes("outbox")
    ctx.after_commit(directory.forget)
    return SigningSecret(secret, moment(until))


async def endpoint_of(ctx: Ctx, bot_id: int) -> int:
    """The endpoint of the bot's custom channel, for whoever may change it."""
    row = await _own(ctx, bot_id, "channels.edit")
    return int(row.endpoint_id)


async def _own(ctx: Ctx, bot_id: int, action: str) -> AnyRow:
    row: AnyRow = auth_policy.find(ctx.actor, action, await queries.of_bot(ctx.db, bot_id, KEY))
    return row


def _fields(row: AnyRow) -> dict[str, Any]:
    return {
        "enabled": row.enabled,
        "custom_channel_url": row.url,
        "x_access_token_set": row.access_token is not None,
        "input_token_set": bool(row.settings.get("input_token")),
        "timeout_s": row.timeout_s,
        "rate_per_s": row.rate_per_s,
        "order_hold_min": row.order_hold_min,
        "input_url": f"{instance.settings().base_url}/messengers_host/{row.bot_id}/{KEY}/hooks",
        "endpoint_id": row.endpoint_id,
        "status": row.endpoint_status,
        "last_inbound_at": moment(row.last_inbound_at),
        "last_success_at": moment(row.last_success_at),
        "last_error": row.endpoint_error,
        "old_secret_until": moment(row.old_secret_until),
    }


def _shown(row: AnyRow) -> CustomChannel:
    return CustomChannel(**_fields(row))


def _audited(row: AnyRow) -> dict[str, Any]:
    hidden = ("status", "last_inbound_at", "last_success_at", "last_error", "old_secret_until")
    return {name: value for name, value in _fields(row).items() if name not in hidden}
