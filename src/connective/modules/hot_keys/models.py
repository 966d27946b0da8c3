"""Table of the keys that people have for themselves: only what differs from the instance's."""

from sqlalchemy import BigInteger, Column, ForeignKey, Table

from connective.kit.db.metadata import Json, Moment, metadata

own_hot_keys = Table(
    "own_hot_keys",
    metadata,
    Column("user_id", BigInteger, ForeignKey("users.id"), primary_key=True, autoincrement=False),
    Column("chosen", Json, nullable=False),
    Column("updated_at", Moment, nullable=False),
)
