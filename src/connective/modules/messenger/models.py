"""Catchers: addresses of our own that keep the last requests made to them."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, Table, Text, text
from sqlalchemy.dialects.postgresql import BYTEA

from connective.kit.db.metadata import Json, Moment, id_column, metadata

# `code` is the address; without `answer_body` a caught request is answered with a message_id.
catchers = Table(
    "catchers",
    metadata,
    id_column(),
    Column("code", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("bot_id", BigInteger, ForeignKey("bots.id")),
    Column("answer_status", Integer, nullable=False, server_default="200"),
    Column("answer_body", Json),
    Column("created_at", Moment, nullable=False),
    Index("uq_catchers_code", "code", unique=True),
    Index("uq_catchers_bot_id", "bot_id", unique=True, postgresql_where=text("bot_id IS NOT NULL")),
)

caught = Table(
    "caught",
    metadata,
    id_column(),
    Column("catcher_id", BigInteger, ForeignKey("catchers.id"), nullable=False),
    Column("method", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("headers", Json, nullable=False),
    Column("body", BYTEA, nullable=False),
    Column("signature", Text, nullable=False),
    Column("answer_status", Integer, nullable=False),
    Column("received_at", Moment, nullable=False),
    Index("ix_caught_catcher_id", "catcher_id", "id"),
)
