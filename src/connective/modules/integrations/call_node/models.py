"""First answers of call_node by the caller's own key, and how deep runs lie in a circle."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    text,
)

from connective.kit.db.metadata import Json, Moment, metadata

# A row is written with the promised run id before the run starts; `answered` says that it did.
# Of a bulk call as a whole there is a row at node 0 of bot 0: it only holds the request's hash.
call_answers = Table(
    "call_answers",
    metadata,
    Column("bot_id", BigInteger, nullable=False),
    Column("node_id", BigInteger, nullable=False),
    Column("caller", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("run_id", BigInteger, nullable=False),
    Column("request_hash", Text),
    Column("answer", Json, nullable=False),
    Column("answered", Boolean, nullable=False, server_default=text("false")),
    Column("claimed_at", Moment, nullable=False),
    Column("created_at", Moment, nullable=False),
    PrimaryKeyConstraint("bot_id", "node_id", "caller", "key"),
    Index("ix_call_answers_created_at", "created_at"),
)

# Runs that one of our own webhooks started: how many such calls led to it, one after another.
run_depths = Table(
    "run_depths",
    metadata,
    Column("run_id", BigInteger, primary_key=True, autoincrement=False),
    Column("depth", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Index("ix_run_depths_created_at", "created_at"),
)
