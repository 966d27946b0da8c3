"""Table of what was told to people."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Table, Text, text

from connective.kit.db.metadata import Moment, id_column, metadata

# `user_id` is whom it is told; `from_id` who says it, None: the product itself. `request_id` is
# what it is about.
notices = Table(
    "notices",
    metadata,
    id_column(),
    Column("user_id", BigInteger, ForeignKey("users.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("from_id", BigInteger, ForeignKey("users.id")),
    Column("text", Text, nullable=False),
    Column("request_id", BigInteger),
    Column("at", Moment, nullable=False),
    Column("read_at", Moment),
    Index("ix_notices_user_id", "user_id", "id"),
    Index("ix_notices_unread", "user_id", postgresql_where=text("read_at IS NULL")),
    Index("ix_notices_at", "at"),
)
