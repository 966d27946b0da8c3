"""Channels of bots in the compat API: `/kw/api/general/KwChannels`."""

from connective.contracts.entity import Entity
from connective.modules.channels.models import channel_accounts

# neither settings nor credentials: they hold secrets
NAMES = (
    *("id", "bot_id", "channel", "name", "status", "enabled", "mode", "rate_per_s"),
    *("last_inbound_at", "last_ok_at", "last_error", "created_at", "updated_at"),
)
ENTITIES = [
    Entity(
        module="general",
        name="KwChannels",
        view="channels.view",
        table=channel_accounts,
        columns={name: channel_accounts.c[name] for name in NAMES},
        exists=(channel_accounts.c.deleted_at.is_(None),),
    )
]
