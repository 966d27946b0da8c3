"""Topics and tags."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Table, Text

from connective.kit.db.metadata import Moment, id_column, metadata

topics = Table(
    "topics",
    metadata,
    id_column(),
    Column("name", Text, nullable=False),
    Column("alias", Text, nullable=False, unique=True),
    Column("parent_id", BigInteger, ForeignKey("topics.id")),
    Column("color", Text, nullable=False, server_default=""),
    Column("active", Boolean, nullable=False, server_default="true"),
    Column("created_at", Moment, nullable=False),
    Index("ix_topics_parent_id", "parent_id"),
)

# `name_key` is the name casefolded: names differ in more than their case.
tags = Table(
    "tags",
    metadata,
    id_column(),
    Column("name", Text, nullable=False),
    Column("name_key", Text, nullable=False, unique=True),
    Column("color", Text, nullable=False, server_default=""),
    Column("active", Boolean, nullable=False, server_default="true"),
    Column("created_at", Moment, nullable=False),
)
