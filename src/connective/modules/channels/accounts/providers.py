"""Asks providers: who we are, to send us events, to send no more. No transaction is open here."""

import contextlib
from collections.abc import AsyncIterator, Awaitable

import msgspec

from connective.contracts.provider import (
    Connection,
    CredentialsRefused,
    Identity,
    Provider,
    ProviderFailed,
)
from connective.kit import egress, errors, instance
from connective.kit.egress.errors import EgressError, TlsFailed
from connective.kit.errors import FieldError
from connective.modules.channels.accounts.pending import pending
from connective.modules.channels.connections import provider_of


@contextlib.asynccontextmanager
async def connected(connection: Connection) -> AsyncIterator[Identity]:
    """Whom the credentials belong to, once the provider sends its events to us.

    422 with the provider's own text when it refuses; 409 names the bot that has this identity.
    Nobody else connects it until the block, which keeps what was agreed, has ended.
    """
    known = provider_of(connection.channel)
    await _need_hook(known, connection)
    stranger = msgspec.structs.replace(connection, identity=None)
    found = await _told(known, known.check(stranger, egress.default()))
    async with pending(connection, found):
        yield await _told(known, known.connect(connection, egress.default()))


async def _told(known: Provider, asking: Awaitable[Identity]) -> Identity:
    try:
        return await asking
    except CredentialsRefused as refusal:
        said = {"channel": known.title, "text": refusal.text}
        fault = FieldError(f"credentials.{refusal.field}", "provider_refused", said)
        raise errors.invalid(fault) from None
    except ProviderFailed as failure:
        raise errors.Invalid(
            "provider_failed", channel=known.title, text=f"{failure.code}: {failure.text}"
        ) from None


async def _need_hook(known: Provider, connection: Connection) -> None:
    """The provider itself calls only https that it trusts; a stand-in calls whatever there is."""
    own = connection.api_base == known.declaration.api_base
    if not (own and connection.mode == "webhook" and known.declaration.needs_https):
        return
    if not connection.hook_url.startswith("https://"):
        raise errors.Invalid("hook_needs_https", field="mode", url=connection.hook_url)
    await need_trust(instance.settings().base_url)


async def need_trust(address: str) -> None:
    """Refuse an address of ours whose certificate nobody trusts; whether it is reached from the
    outside only the provider can tell."""
    with contextlib.suppress(EgressError):
        try:
            await egress.default().request("GET", address, breaker=False)
        except TlsFailed as failure:
            raise errors.Invalid(
                "hook_not_trusted", field="mode", url=address, reason=str(failure)
            ) from None


async def judged(connection: Connection) -> Identity | ProviderFailed:
    """What the provider says of the account now."""
    try:
        return await provider_of(connection.channel).check(connection, egress.default())
    except CredentialsRefused as refusal:
        return ProviderFailed("credentials", refusal.text, lasting=True)
    except ProviderFailed as failure:
        return ProviderFailed(
            failure.code, f"{failure.code}: {failure.text}", lasting=failure.lasting
        )


async def left(connection: Connection) -> str | None:
    """Have no more events sent; the provider's text when it would not hear of it."""
    try:
        await provider_of(connection.channel).disconnect(connection, egress.default())
    except (CredentialsRefused, ProviderFailed) as failure:
        return str(failure)
    return None
