"""Runs, the journal, actions in progress, parked events, and the memory of repeats."""

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
from sqlalchemy.types import JSON

from connective.kit.db.ids import IdBlock
from connective.kit.db.metadata import Json, Moment, id_column, metadata

run_ids = IdBlock("run_ids", at_once=5)

# External ids of the last seven days: a repeat is known even of what left no message.
inbound_seen = Table(
    "inbound_seen",
    metadata,
    Column("account_id", BigInteger, nullable=False),
    Column("external_id", Text, nullable=False),
    Column("at", Moment, nullable=False),
    PrimaryKeyConstraint("account_id", "external_id"),
    Index("ix_inbound_seen_at", "at", postgresql_using="brin"),
)

# Inbound that waits for its turn: put aside under load, or while its processing failed.
inbound_backlog = Table(
    "inbound_backlog",
    metadata,
    id_column(),
    Column("account_id", BigInteger, nullable=False),
    Column("chat_id", Text, nullable=False),
    Column("external_id", Text, nullable=False),
    Column("event", Json, nullable=False),
    Column("at", Moment, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),  # those made by itself
    Column("owner", Integer),  # the sender that takes it now
    Column("status", Text, nullable=False, server_default="waiting"),  # waiting | dead
    Column("error", Text),
    Index("uq_inbound_backlog_account_id_external_id", "account_id", "external_id", unique=True),
    Index("ix_inbound_backlog_status_id", "status", "id"),
)

runs = Table(
    "runs",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("bot_id", BigInteger, nullable=False),
    Column("dialog_id", BigInteger),
    Column("version_id", BigInteger),
    Column("trigger", Text, nullable=False),
    Column("node_id", BigInteger),
    Column("source", Text, nullable=False, server_default="client"),  # client | api | system
    Column("key_id", BigInteger),
    Column("key_name", Text),
    Column("address", Text),
    Column("status", Text, nullable=False),
    Column("error", Text),
    Column("output", Json),
    Column("request", Json),  # of a planned run: its target, event and options
    Column("due_at", Moment),
    Column("owner", Integer),  # the sender that starts it now
    Column("started_at", Moment),
    Column("ended_at", Moment),
    Column("created_at", Moment, nullable=False),
    Index("ix_runs_dialog_id", "dialog_id", "id"),
    Index("ix_runs_bot_id", "bot_id", "id"),
    # clients begin most runs: the list of the others must not wade through theirs
    Index("ix_runs_outside", "source", "id", postgresql_where=text("source <> 'client'")),
    Index("ix_runs_due_at", "due_at", postgresql_where=text("status IN ('scheduled','starting')")),
)

# One row a step: what the engine was given and what it gave. `snapshot` is the state before the
# first step of a run. Kept as text, because replay compares bytes. A row without a version tells
# what changed the state beside the scenario.
journal = Table(
    "journal",
    metadata,
    id_column(),
    Column("dialog_id", BigInteger, nullable=False),
    Column("run_id", BigInteger),
    Column("version_id", BigInteger),
    Column("at", Moment, nullable=False),
    Column("snapshot", JSON),
    Column("input", JSON, nullable=False),
    Column("output", JSON, nullable=False),
    Index("ix_journal_dialog_id", "dialog_id", "id"),
    Index("ix_journal_run_id", "run_id", "id"),
    Index("ix_journal_at", "at", postgresql_using="brin"),
)
# a row's columns, in the order in which it is written
JOURNAL = ("dialog_id", "run_id", "version_id", "at", "snapshot", "input", "output")

# Actions asked for by a step and not yet answered, and the log of those that were.
calls = Table(
    "calls",
    metadata,
    Column("dialog_id", BigInteger, nullable=False),
    Column("call_id", Text, nullable=False),
    Column("bot_id", BigInteger, nullable=False),
    Column("run_id", BigInteger, nullable=False),
    Column("node_id", BigInteger, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("action", Text, nullable=False),
    Column("kind", Text, nullable=False),  # local | remote
    Column("values", Json, nullable=False),
    Column("status", Text, nullable=False),  # waiting | running | done | late
    Column("detached", Boolean, nullable=False, server_default="false"),
    Column("tries", Integer, nullable=False, server_default="0"),  # of a detached one, before
    Column("next_at", Moment),  # when a detached one is to be made
    Column("owner", Integer),  # the sender that performs it
    Column("started_at", Moment),
    Column("ended_at", Moment),
    Column("result", Json),
    Column("log", Json),
    Column("created_at", Moment, nullable=False),
    PrimaryKeyConstraint("dialog_id", "call_id"),
    Index("ix_calls_open", "created_at", postgresql_where=text("status IN ('waiting','running')")),
)

# What came while an action ran, in order: an event for the scenario, or a start from outside.
parked = Table(
    "parked",
    metadata,
    id_column(),
    Column("dialog_id", BigInteger, nullable=False),
    Column("event", Json),
    Column("start", Json),
    Column("at", Moment, nullable=False),
    Index("ix_parked_dialog_id", "dialog_id", "id"),
)

# Files of clients to fetch by their address; a row without next_at was given up.
inbound_media = Table(
    "inbound_media",
    metadata,
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("url", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("next_at", Moment),
    Column("error", Text),
    Index("ix_inbound_media_next_at", "next_at", postgresql_where=text("next_at IS NOT NULL")),
)
