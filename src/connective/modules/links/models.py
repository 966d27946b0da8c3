"""Links and the clicks on them."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Table,
    Text,
    text,
)

from connective.kit.db.metadata import Json, Moment, metadata

# `entry`: stands for the address of an entry point, which needs no code; it only counts starts.
links = Table(
    "links",
    metadata,
    Column("code", Text, primary_key=True),
    Column("entry", Boolean, nullable=False, server_default="false"),
    Column("bot_id", BigInteger, ForeignKey("bots.id"), nullable=False),
    Column("channel", Text, nullable=False),
    Column("node_id", BigInteger),
    Column("payload", Json, nullable=False, server_default="{}"),
    Column("utm", Json, nullable=False, server_default="{}"),
    Column("label", Text, nullable=False, server_default=""),
    Column("text", Text, nullable=False, server_default=""),
    Column("starts", BigInteger, nullable=False, server_default="0"),
    Column("clicks", BigInteger, nullable=False, server_default="0"),
    Column("last_start_at", Moment),
    Column("expires_at", Moment),
    Column("created_by", BigInteger),
    Column("created_by_name", Text, nullable=False, server_default=""),
    Column("created_at", Moment, nullable=False),
    Index("ix_links_created_at", "created_at", "code"),
    Index("ix_links_bot_id", "bot_id", "created_at"),
    Index("ix_links_last_start", "bot_id", "last_start_at"),
    Index("ix_links_starts", "starts", "code"),
    Index("ix_links_clicks", "clicks", "code"),
    Index(
        "uq_links_entry",
        "bot_id",
        "channel",
        "node_id",
        unique=True,
        postgresql_where=text("entry"),
    ),
)

# How often a link was opened and begun at, by the day where its bot is.
link_days = Table(
    "link_days",
    metadata,
    Column("code", Text, ForeignKey("links.code", ondelete="CASCADE"), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("clicks", BigInteger, nullable=False, server_default="0"),
    Column("starts", BigInteger, nullable=False, server_default="0"),
)

# What a visitor of `/l/{code}` brought along; his click's name goes into the address he is sent to.
link_clicks = Table(
    "link_clicks",
    metadata,
    Column("id", Text, primary_key=True),
    Column("code", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("address", Text),
    Column("payload", Json, nullable=False, server_default="{}"),
    Column("utm", Json, nullable=False, server_default="{}"),
    Column("text", Text, nullable=False, server_default=""),
    Index("ix_link_clicks_at", "at", postgresql_using="brin"),
)
