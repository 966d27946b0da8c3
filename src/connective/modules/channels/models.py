"""Channel accounts: one connection of a bot to a channel."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, Table, Text, text

from connective.kit.db.metadata import Json, Moment, id_column, metadata

channel_accounts = Table(
    "channel_accounts",
    metadata,
    id_column(),
    Column("bot_id", BigInteger, ForeignKey("bots.id"), nullable=False),
    Column("channel", Text, nullable=False),
    Column("enabled", Boolean, nullable=False),
    Column("endpoint_id", BigInteger, ForeignKey("endpoints.id")),
    Column("settings", Json, nullable=False, server_default="{}"),  # secrets in it are sealed
    Column("rate_per_s", Integer, nullable=False, server_default="1000"),
    Column("last_inbound_at", Moment),
    Column("last_error", Text),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Index("ix_channel_accounts_bot_id", "bot_id", "channel"),
    Index(
        "uq_channel_accounts_custom",
        "bot_id",
        unique=True,
        postgresql_where=text("channel = 'custom_channel'"),
    ),
)
