"""A bot's connection to eSputnik, pushes of all its clients, and changes that wait."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    text,
)

from connective.kit.db.metadata import SEALED, Json, Moment, id_column, metadata

# The API key is sealed. `refused` is set while eSputnik does not take it.
esputnik_accounts = Table(
    "esputnik_accounts",
    metadata,
    Column("bot_id", BigInteger, ForeignKey("bots.id"), primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("api_key", Text, nullable=False, info=SEALED),
    Column("app_uuid", Text, nullable=False),
    Column("base_url", Text),
    Column("push_changes", Boolean, nullable=False, server_default=text("false")),
    Column("mapping", Json, nullable=False),
    Column("refused", Boolean, nullable=False, server_default=text("false")),
    Column("last_call_at", Moment),
    Column("last_error", Json),  # text, status, at
    Column("counts", Json, nullable=False, server_default="{}"),  # kit.call_counts
    Column("updated_at", Moment, nullable=False),
)

# `position` is the last client of the batches that are done; numbers count clients.
esputnik_pushes = Table(
    "esputnik_pushes",
    metadata,
    id_column(),
    Column("bot_id", BigInteger, ForeignKey("bots.id"), nullable=False),
    Column("status", Text, nullable=False),  # running | paused | stopped | cancelled | done
    Column("delay_s", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("position", BigInteger, nullable=False, server_default="0"),
    Column("sent", Integer, nullable=False, server_default="0"),
    Column("skipped", Integer, nullable=False, server_default="0"),
    Column("failed", Integer, nullable=False, server_default="0"),
    Column("batches", Integer, nullable=False, server_default="0"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("next_at", Moment),
    Column("leased_until", Moment),
    Column("error", Text),
    Column("started_by", Text, nullable=False, server_default=""),
    Column("created_at", Moment, nullable=False),
    Column("finished_at", Moment),
    Index("ix_esputnik_pushes_bot_id", "bot_id", "id"),
    Index(
        "uq_esputnik_pushes_open",
        "bot_id",
        unique=True,
        postgresql_where=text("status IN ('running', 'paused')"),
    ),
)

esputnik_errors = Table(
    "esputnik_errors",
    metadata,
    id_column(),
    Column("push_id", BigInteger, ForeignKey("esputnik_pushes.id"), nullable=False),
    Column("client_id", BigInteger, nullable=False),
    Column("chat_id", Text),
    Column("error", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_esputnik_errors_push_id", "push_id", "id"),
)

# Clients whose change has not been told yet; `change` rises with each, so that one that comes
# while a push is on its way is not lost. Without `next_at` it has failed for good.
esputnik_changes = Table(
    "esputnik_changes",
    metadata,
    Column("bot_id", BigInteger, ForeignKey("bots.id"), primary_key=True, autoincrement=False),
    Column("client_id", BigInteger, primary_key=True, autoincrement=False),
    Column("change", Integer, nullable=False, server_default="1"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("next_at", Moment),
    Column("error", Text),
    Column("noted_at", Moment, nullable=False),
    Index("ix_esputnik_changes_next_at", "next_at", postgresql_where=text("next_at IS NOT NULL")),
)
