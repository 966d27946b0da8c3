"""One row per key: the value as its feature understands it."""

from sqlalchemy import BigInteger, Column, Integer, Table, Text

from connective.kit.db.metadata import Json, Moment, metadata

settings = Table(
    "settings",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Json, nullable=False),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("updated_at", Moment, nullable=False),
    Column("updated_by", BigInteger),
)
