"""Endpoints, their lanes, deliveries and the attempts made."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    text,
)

from connective.kit.db.metadata import Json, Moment, id_column, metadata

endpoints = Table(
    "endpoints",
    metadata,
    id_column(),
    Column("kind", Text, nullable=False),  # custom_channel | webhook | event_url
    Column("name", Text, nullable=False),
    Column("bot_id", BigInteger),
    Column("url", Text, nullable=False),
    Column("headers", Json, nullable=False, server_default="{}"),
    Column("secret", Text, nullable=False),  # sealed
    Column("old_secret", Text),  # sealed, still signs until old_secret_until
    Column("old_secret_until", Moment),
    Column("access_token", Text),  # sealed, sent as x-access-token
    Column("timeout_s", Integer, nullable=False, server_default="10"),
    Column("order_hold_min", Integer, nullable=False, server_default="30"),
    Column("status", Text, nullable=False, server_default="active"),
    Column("disabled_reason", Text),
    Column("failing_since", Moment),
    Column("warned_at", Moment),
    Column("last_success_at", Moment),
    Column("last_error", Text),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("created_at", Moment, nullable=False),
)

# A lane is one chat's queue at one endpoint. `sequence` is the last number given, `head` the next
# to send; `next_at` is empty exactly while head > sequence.
lanes = Table(
    "lanes",
    metadata,
    Column("endpoint_id", BigInteger, ForeignKey("endpoints.id"), nullable=False),
    Column("lane", Text, nullable=False),
    Column("sequence", BigInteger, nullable=False, server_default="0"),
    Column("head", BigInteger, nullable=False, server_default="1"),
    Column("next_at", Moment),
    Column("owner", Text),
    Column("lease_until", Moment),
    PrimaryKeyConstraint("endpoint_id", "lane"),
    Index("ix_lanes_due", "next_at", postgresql_where=text("next_at IS NOT NULL")),
    postgresql_with={"fillfactor": "70"},
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Text, primary_key=True),
    Column("endpoint_id", BigInteger, ForeignKey("endpoints.id"), nullable=False),
    Column("lane", Text, nullable=False),
    Column("sequence", BigInteger),  # empty for typing and thinking, which are tried once
    Column("kind", Text, nullable=False),
    Column("event_name", Text, nullable=False),
    Column("webhook_id", Text, nullable=False),
    Column("bot_id", BigInteger),
    Column("chat_id", Text),
    Column("message_id", BigInteger),
    Column("epoch", Integer),  # ownership epoch of the dialog, empty = always allowed
    Column("body", LargeBinary, nullable=False),
    Column("status", Text, nullable=False, server_default="pending"),
    Column("parked", Boolean, nullable=False, server_default="false"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("created_at", Moment, nullable=False),
    Column("not_before", Moment),
    Column("next_at", Moment),
    Column("done_at", Moment),
    Column("last_error", Text),
    Index(
        "ix_deliveries_open",
        "endpoint_id",
        "lane",
        "sequence",
        postgresql_where=text("status IN ('pending','retrying')"),
    ),
    Index("ix_deliveries_endpoint_id_created_at", "endpoint_id", "created_at"),
    Index("ix_deliveries_created_at", "created_at", "id"),
)

attempts = Table(
    "delivery_attempts",
    metadata,
    id_column(),
    Column("delivery_id", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("http_status", Integer),
    Column("ms", Integer, nullable=False),
    Column("error", Text),
    Column("response", Text),
    Column("manual", Boolean, nullable=False, server_default="false"),
    Index("ix_delivery_attempts_delivery_id", "delivery_id"),
)
