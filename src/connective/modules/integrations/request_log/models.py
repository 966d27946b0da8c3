"""Requests from other systems and to them, kept for two weeks."""

from sqlalchemy import BigInteger, Column, Index, Integer, Table, Text

from connective.kit.db.metadata import Json, Moment, id_column, metadata

# Bots, keys and runs are named without a reference: the log outlives what it tells of. Of a key
# only its number and names are here, and every secret has been replaced by `***`.
request_log = Table(
    "request_log",
    metadata,
    id_column(),
    Column("at", Moment, nullable=False),
    Column("direction", Text, nullable=False),  # in | out
    Column("source", Text, nullable=False),  # call_node | kw_api | api | hook | an action's id
    Column("method", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("status", Integer),  # none: no answer came
    Column("ms", Integer, nullable=False),
    Column("caller_kind", Text),  # key | user
    Column("caller_name", Text),
    Column("key_id", BigInteger),
    Column("bot_id", BigInteger),
    Column("run_id", BigInteger),
    Column("request_headers", Json, nullable=False),
    Column("request_body", Text, nullable=False),
    Column("response_headers", Json, nullable=False),
    Column("response_body", Text, nullable=False),
    Column("error", Text),
    Column("request_id", Text),
    Column("address", Text),
    Index("ix_request_log_at_id", "at", "id"),
    Index("ix_request_log_source_at_id", "source", "at", "id"),
    Index("ix_request_log_bot_id_at_id", "bot_id", "at", "id"),
    Index("ix_request_log_key_id_at_id", "key_id", "at", "id"),
)
