"""Endpoints, their lanes, the deliveries with the log of their tries, and the senders alive."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Identity,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    text,
)

from connective.kit.db.metadata import SEALED, Json, Moment, id_column, metadata

endpoints = Table(
    "endpoints",
    metadata,
    id_column(),
    Column("kind", Text, nullable=False),  # custom_channel | webhook | event_url
    Column("name", Text, nullable=False),
    Column("bot_id", BigInteger),
    Column("url", Text, nullable=False),
    Column("headers", Json, nullable=False, server_default="{}", info=SEALED),  # values sealed
    Column("secret", Text, nullable=False, info=SEALED),  # sealed
    Column("old_secret", Text, info=SEALED),  # sealed, still signs until old_secret_until
    Column("old_secret_until", Moment),
    Column("access_token", Text, info=SEALED),  # sealed, sent as x-access-token
    Column("timeout_s", Integer, nullable=False, server_default="10"),
    Column("order_hold_min", Integer, nullable=False, server_default="30"),
    # active | paused | disabled | disabled_by_failures | deleted; only active ones are called
    Column("status", Text, nullable=False, server_default="active"),
    Column("disabled_reason", Text),
    Column("failing_since", Moment),
    Column("last_failure_at", Moment),
    Column("warned_at", Moment),
    Column("last_success_at", Moment),
    Column("last_error", Text),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("created_at", Moment, nullable=False),
    Index(
        "uq_endpoints_event_url",
        "bot_id",
        text("md5(url)"),
        unique=True,
        postgresql_where=text("kind = 'event_url'"),
    ),
)

# A lane is one chat's queue at one endpoint. `sequence` is the last number given; every ordered
# delivery below `head` is done or parked. `next_at` is empty exactly while head > sequence.
# Neither lanes nor deliveries have a foreign key to endpoints: its check would lock the endpoint's
# row once per delivery, in every turn. Endpoints are marked as deleted, never removed.
lanes = Table(
    "lanes",
    metadata,
    Column("endpoint_id", BigInteger, nullable=False),
    Column("lane", Text, nullable=False),
    Column("sequence", BigInteger, nullable=False, server_default="0"),
    Column("head", BigInteger, nullable=False, server_default="1"),
    Column("next_at", Moment),
    Column("owner", Integer),  # the sender that works on it now
    PrimaryKeyConstraint("endpoint_id", "lane"),
    Index(
        "ix_lanes_due",
        "endpoint_id",
        "next_at",
        postgresql_where=text("next_at IS NOT NULL AND owner IS NULL"),
    ),
    postgresql_with={"fillfactor": "70"},
)

# What a successful try changes is in no index, so that PostgreSQL need not touch any.
deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Text, primary_key=True),
    Column("endpoint_id", BigInteger, nullable=False),
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
    # pending | delivered | retrying | failed | cancelled
    Column("status", Text, nullable=False, server_default="pending"),
    # tried on its own schedule beside its lane: given up as head, retried by hand, replayed
    Column("parked", Boolean, nullable=False, server_default="false"),
    Column("manual", Boolean, nullable=False, server_default="false"),  # the next try is by hand
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("step", SmallInteger, nullable=False, server_default="0"),  # tries of the schedule used
    Column("created_at", Moment, nullable=False),
    Column("not_before", Moment),
    Column("next_at", Moment),
    Column("held_since", Moment),  # as head: when it began to hold its lane
    Column("done_at", Moment),
    Column("delivered_at", Moment),  # first success, kept over replays
    Column("provider_id", Text),
    Column("last_error", Text),
    Column("owner", Integer),  # the sender of one that travels beside its lane
    Column("log", Json, nullable=False, server_default="[]"),
    Index("ix_deliveries_lane", "endpoint_id", "lane", "sequence", unique=True),
    Index(
        "ix_deliveries_due",
        "endpoint_id",
        "next_at",
        "id",
        postgresql_where=text("next_at IS NOT NULL AND (parked OR sequence IS NULL)"),
    ),
    Index(
        "ix_deliveries_parked",
        "endpoint_id",
        "lane",
        "sequence",
        postgresql_where=text("next_at IS NOT NULL AND parked"),
    ),
    Index("ix_deliveries_owner", "owner", postgresql_where=text("owner IS NOT NULL")),
    Index("ix_deliveries_endpoint_id_created_at", "endpoint_id", "created_at", "id"),
    Index("ix_deliveries_created_at", "created_at", "id"),
    Index(
        "ix_deliveries_wrong",
        "created_at",
        "id",
        postgresql_where=text("last_error IS NOT NULL"),
    ),
    Index(
        "uq_deliveries_event",
        "webhook_id",
        "endpoint_id",
        unique=True,
        postgresql_where=text("kind IN ('webhook', 'event_url')"),
    ),
    postgresql_with={"fillfactor": "80"},
)

# One row a running sender. Deleting it is what takes its claims away: a sender that finds itself
# missing throws away what it has not written yet. Times here are the database's own.
senders = Table(
    "senders",
    metadata,
    Column("id", Integer, Identity(), primary_key=True),
    Column("beat_at", DateTime(timezone=True), nullable=False),
)
