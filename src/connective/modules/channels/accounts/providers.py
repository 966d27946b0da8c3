"""Asks providers: who we are, to send us events, to send no more."""

import msgspec

from connective.contracts.provider import (
    Connection,
    CredentialsRefused,
    Identity,
    Provider,
    ProviderFailed,
)
from connective.kit import egress, errors
from connective.kit.context import Ctx
from connective.kit.errors import FieldError
from connective.modules.channels.accounts import queries
from connective.modules.channels.accounts.pending import pending


async def connected(ctx: Ctx, known: Provider, connection: Connection) -> Identity:
    """Whom the credentials belong to, once the provider sends its events to us.

    422 with the provider's own text when it refuses; 409 names the bot that has this identity.
    """
    _need_https(known, connection)
    try:
        stranger = msgspec.structs.replace(connection, identity=None)
        identity = await known.check(stranger, egress.default())
        await _need_free(ctx, connection, identity)
        async with pending(connection):
            return await known.connect(connection, egress.default())
    except CredentialsRefused as refusal:
        said = {"channel": known.title, "text": refusal.text}
        fault = FieldError(f"credentials.{refusal.field}", "provider_refused", said)
        raise errors.invalid(fault) from None
    except ProviderFailed as failure:
        raise errors.Invalid(
            "provider_failed", channel=known.title, text=f"{failure.code}: {failure.text}"
        ) from None


def _need_https(known: Provider, connection: Connection) -> None:
    """The provider itself calls only https; a stand-in of it calls whatever there is."""
    own = connection.api_base == known.declaration.api_base
    plain = not connection.hook_url.startswith("https://")
    if connection.mode == "webhook" and known.declaration.needs_https and own and plain:
        raise errors.Invalid("hook_needs_https", field="mode", url=connection.hook_url)


async def _need_free(ctx: Ctx, connection: Connection, identity: Identity) -> None:
    await queries.hold_identity(await ctx.driver(), connection.channel, identity.id)
    other = await queries.holder(ctx.db, connection.channel, identity.id)
    if other is not None and other.bot_id != connection.bot_id:
        raise errors.Conflict(
            "already_connected", name=identity.name or identity.id, bot=other.bot_name
        )


async def judged(known: Provider, connection: Connection) -> Identity | ProviderFailed:
    """What the provider says of the account now."""
    try:
        return await known.check(connection, egress.default())
    except CredentialsRefused as refusal:
        return ProviderFailed("credentials", refusal.text, lasting=True)
    except ProviderFailed as failure:
        return ProviderFailed(
            failure.code, f"{failure.code}: {failure.text}", lasting=failure.lasting
        )


async def left(known: Provider, connection: Connection) -> str | None:
    """Have no more events sent; the provider's text when it would not hear of it."""
    try:
        await known.disconnect(connection, egress.default())
    except (CredentialsRefused, ProviderFailed) as failure:
        return str(failure)
    return None
