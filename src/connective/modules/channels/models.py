"""Channel accounts: one connection of a bot to a channel."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    text,
)

from connective.kit.db.metadata import SEALED, Json, Moment, id_column, metadata

channel_accounts = Table(
    "channel_accounts",
    metadata,
    id_column(),
    Column("bot_id", BigInteger, ForeignKey("bots.id"), nullable=False),
    Column("channel", Text, nullable=False),
    Column("name", Text, nullable=False, server_default=""),
    # not_configured | active | paused | error; `enabled` says whether it takes and sends
    Column("status", Text, nullable=False, server_default="active"),
    Column("enabled", Boolean, nullable=False),
    Column("mode", Text, nullable=False, server_default="webhook"),  # webhook | polling
    Column("endpoint_id", BigInteger, ForeignKey("endpoints.id")),
    Column(
        "settings", Json, nullable=False, server_default="{}", info=SEALED
    ),  # secrets in it are sealed
    Column("credentials", Json, nullable=False, server_default="{}", info=SEALED),  # values sealed
    Column("webhook_secret", Text, info=SEALED),  # sealed; what the provider proves itself with
    Column("identity", Json, nullable=False, server_default="{}"),  # as the provider tells it
    Column("provider_id", Text),  # of the identity; one belongs to one bot
    Column("api_base", Text, nullable=False, server_default=""),  # empty: the provider's own
    Column("cursor", Text, nullable=False, server_default=""),  # of polling: where to go on
    Column("rate_per_s", Integer, nullable=False, server_default="1000"),
    Column("refused", Integer, nullable=False, server_default="0"),  # calls that proved nothing
    Column("last_inbound_at", Moment),
    Column("last_ok_at", Moment),
    Column("last_error", Text),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("deleted_at", Moment),
    Index("ix_channel_accounts_bot_id", "bot_id", "channel"),
    Index(
        "uq_channel_accounts_custom",
        "bot_id",
        unique=True,
        postgresql_where=text("channel = 'custom_channel'"),
    ),
    Index(
        "uq_channel_accounts_provider_id",
        "channel",
        "provider_id",
        unique=True,
        postgresql_where=text("provider_id IS NOT NULL"),
    ),
)

# The last calls of providers to us, for people who look for a fault; secrets are masked.
channel_events = Table(
    "channel_events",
    metadata,
    id_column(),
    Column("account_id", BigInteger, nullable=False),
    Column("at", Moment, nullable=False),
    Column("chat_id", Text, nullable=False, server_default=""),
    Column("kind", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("body", Text, nullable=False),
    Index("ix_channel_events_account_id", "account_id", "id"),
)

# A provider may call the hook while it is being set: what it then proves itself with stands here,
# because the account itself is written only once the provider has agreed.
pending_connections = Table(
    "pending_connections",
    metadata,
    Column("bot_id", BigInteger, nullable=False),
    Column("channel", Text, nullable=False),
    Column("connection", Text, nullable=False, info=SEALED),  # sealed
    Column("until", Moment, nullable=False),
    PrimaryKeyConstraint("bot_id", "channel"),
)
