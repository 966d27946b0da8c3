"""Rows of accounts as connections to their providers, credentials opened."""

import os

import msgspec

from connective.contracts.channel import CHANNELS
from connective.contracts.provider import Connection, Declaration, Identity, Provider, provider
from connective.kit import errors, instance
from connective.kit.db.rows import AnyRow


def providers() -> dict[str, Provider]:
    """Every channel that speaks to a provider, by its key."""
    found = {key: provider(channel) for key, channel in CHANNELS.items()}
    return {key: known for key, known in found.items() if known is not None}


def provider_of(channel: str) -> Provider:
    """The adapter of a channel; 422 for one that is none, or speaks to no provider."""
    known = providers().get(channel)
    if known is None:
        raise errors.Invalid("unknown_channel_type", field="type", type=channel)
    return known


def hook_url(bot_id: int, channel: str) -> str:
    """Where the provider of a bot's channel calls us."""
    return f"{instance.settings().base_url}/messengers_host/{bot_id}/{channel}/hooks"


def api_base(declaration: Declaration, own: str) -> str:
    """The address of the API: the installation's, else the account's, else the provider's."""
    return (os.environ.get(declaration.env) or own or declaration.api_base).rstrip("/")


def connection_of(row: AnyRow) -> Connection | None:
    """The connection of an account; None for a channel without a provider."""
    known = providers().get(row.channel)
    if known is None:
        return None
    vault = instance.vault()
    return Connection(
        account_id=row.id,
        bot_id=row.bot_id,
        channel=row.channel,
        api_base=api_base(known.declaration, row.api_base),
        credentials={name: vault.open(value) for name, value in row.credentials.items()},
        settings=row.settings,
        identity=msgspec.convert(row.identity, Identity) if row.identity else None,
        mode=row.mode,
        hook_url=hook_url(row.bot_id, row.channel),
        secret=vault.open(row.webhook_secret) if row.webhook_secret else "",
    )
