"""The event log, partitioned by month, and the cursors of those who read it."""

from sqlalchemy import BigInteger, Column, Identity, PrimaryKeyConstraint, Table, Text

from connective.kit.db.metadata import Json, Moment, extra_ddl, metadata

events = Table(
    "events",
    metadata,
    Column("id", BigInteger, Identity(cache=1), nullable=False),
    Column("at", Moment, nullable=False),
    Column("kind", Text, nullable=False),
    Column("bot_id", BigInteger),
    Column("dialog_id", BigInteger),
    Column("request_id", BigInteger),
    Column("client_id", BigInteger),
    Column("actor", Json),
    Column("data", Json, nullable=False),
    PrimaryKeyConstraint("id", "at"),
    postgresql_partition_by="RANGE (at)",
)

cursors = Table(
    "event_cursors",
    metadata,
    Column("listener", Text, primary_key=True),
    Column("position", BigInteger, nullable=False, server_default="0"),
    Column("moved_at", Moment),
)

# Events that a listener could not take, put aside so that the others could go on.
failures = Table(
    "event_failures",
    metadata,
    Column("listener", Text, nullable=False),
    Column("event_id", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("error", Text, nullable=False),
    Column("at", Moment, nullable=False),
    PrimaryKeyConstraint("listener", "event_id"),
)

extra_ddl.append("CREATE TABLE IF NOT EXISTS events_rest PARTITION OF events DEFAULT")
