"""The audit trail."""

from sqlalchemy import BigInteger, Column, Index, Table, Text

from connective.kit.db.metadata import Json, Moment, id_column, metadata

audit = Table(
    "audit",
    metadata,
    id_column(),
    Column("at", Moment, nullable=False),
    Column("actor_kind", Text, nullable=False),
    Column("actor_id", BigInteger),
    Column("actor_name", Text, nullable=False),
    Column("address", Text),
    Column("action", Text, nullable=False),
    Column("object_type", Text, nullable=False),
    Column("object_id", Text, nullable=False),
    Column("before", Json),
    Column("after", Json),
    Column("request_id", Text),
    Index("ix_audit_object", "object_type", "object_id", "id"),
)
