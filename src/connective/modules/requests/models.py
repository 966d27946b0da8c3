"""Requests, what was done to them, and how they found their operator."""

from typing import get_args

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    literal_column,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY

from connective.kit.db.ids import IdBlock
from connective.kit.db.metadata import Json, Moment, id_column, metadata
from connective.modules.requests.schemas.fields import State

Ids = ARRAY(BigInteger)
request_ids = IdBlock("request_ids", size=1)
UNCLOSED = text("state <> 'closed'")
# Constants in the text of a statement, not values: only so does a partial index serve a statement
# that is planned once.
STATES: dict[str, ColumnElement[str]] = {
    state: literal_column(f"'{state}'") for state in get_args(State)
}
CLOSED, QUEUE = STATES["closed"], STATES["queue"]

# The id is the number that people see. `group_ids` are the skill groups that serve the topic,
# `participants` everyone who has had the request, `shown_to` who else sees a chat that an operator
# began: all three stand here for the rule table. `rev` rises with every change. `source` holds what
# the scenario's node asked for: aliases, history_count, buttons, event_webhook_url.
requests = Table(
    "requests",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("rev", Integer, nullable=False, server_default="1"),
    Column("type", Text, nullable=False, server_default="chat"),
    Column("direction", Text, nullable=False, server_default="inbound"),
    Column("state", Text, nullable=False),
    Column("bot_id", BigInteger, ForeignKey("bots.id"), nullable=False),
    Column("channel", Text, nullable=False),
    Column("account_id", BigInteger, ForeignKey("channel_accounts.id"), nullable=False),
    Column("dialog_id", BigInteger, ForeignKey("dialogs.id"), nullable=False),
    Column("contact_id", BigInteger, ForeignKey("contacts.id"), nullable=False),
    Column("client_id", BigInteger, ForeignKey("clients.id"), nullable=False),
    Column("subject_id", BigInteger, ForeignKey("topics.id")),
    Column("group_ids", Ids, nullable=False, server_default="{}"),
    Column("assignee_id", BigInteger, ForeignKey("users.id")),
    Column("taken_from_id", BigInteger),
    Column("participants", Ids, nullable=False, server_default="{}"),
    Column("shown_to", Text, nullable=False, server_default="own"),  # own | group | all
    Column("weight", Integer, nullable=False, server_default="0"),
    Column("tag_ids", Ids, nullable=False, server_default="{}"),
    Column("comment", Text, nullable=False, server_default=""),
    Column("unread", Integer, nullable=False, server_default="0"),
    Column("first_seq", BigInteger, nullable=False, server_default="0"),
    Column("last_seq", BigInteger, nullable=False, server_default="0"),
    Column("last_text", Text, nullable=False, server_default=""),
    Column("last_author", Text, nullable=False, server_default=""),
    Column("waits_because", Text),
    Column("continues", Boolean, nullable=False, server_default="false"),
    Column("source", Json, nullable=False, server_default="{}"),
    Column("close_reason", Text),
    Column("closed_by", Text),
    Column("closed_by_id", BigInteger),
    Column("created_at", Moment, nullable=False),
    Column("queued_at", Moment),
    Column("assigned_at", Moment),
    Column("first_reply_at", Moment),
    Column("last_client_at", Moment),
    Column("last_reply_at", Moment),
    Column("last_message_at", Moment),
    Column("paused_until", Moment),
    Column("due_at", Moment),
    Column("due_what", Text),
    Column("closed_at", Moment),
    Index("uq_requests_dialog_id_unclosed", "dialog_id", unique=True, postgresql_where=UNCLOSED),
    Index(
        "ix_requests_queue",
        text("weight DESC"),
        "queued_at",
        "id",
        postgresql_where=text("state = 'queue'"),
    ),
    # whose share it is: these three, also for what nobody has
    Index("ix_requests_assignee_id", "assignee_id"),
    Index("ix_requests_participants", "participants", postgresql_using="gin"),
    Index("ix_requests_group_ids", "group_ids", postgresql_using="gin"),
    Index("ix_requests_shown_to", "shown_to", postgresql_where=text("shown_to <> 'own'")),
    Index("ix_requests_last_message_at", "last_message_at", "id"),
    Index(
        "ix_requests_unclosed_last_message_at",
        "last_message_at",
        "id",
        postgresql_where=UNCLOSED,
    ),
    Index("ix_requests_dialog_id", "dialog_id", "id"),
    Index("ix_requests_client_id", "client_id"),
    Index(
        "ix_requests_unplanned",
        "id",
        postgresql_where=text("due_what IS NULL AND state <> 'closed'"),
    ),
    Index("ix_requests_due_at", "due_at", postgresql_where=text("due_at IS NOT NULL")),
)

# What was done to a request, by whom; old and new values of a field.
request_history = Table(
    "request_history",
    metadata,
    id_column(),
    Column("request_id", BigInteger, ForeignKey("requests.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("actor_kind", Text, nullable=False),
    Column("actor_id", BigInteger),
    Column("actor_name", Text, nullable=False, server_default=""),
    Column("type", Text, nullable=False),
    Column("field", Text),
    Column("old", Json),
    Column("new", Json),
    Column("text", Text, nullable=False, server_default=""),
    Index("ix_request_history_request_id", "request_id", "id"),
)

# What was sent with which `client_msg_id`: a repeat gets the same answer.
sent_once = Table(
    "sent_once",
    metadata,
    Column("request_id", BigInteger, primary_key=True, autoincrement=False),
    Column("client_msg_id", Text, primary_key=True),
    Column("message_id", BigInteger, nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_sent_once_at", "at"),
)

# Replies that are sent later, by themselves. Once sent or cancelled a row only answers repeats of
# its `client_msg_id`, without the words.
scheduled_messages = Table(
    "scheduled_messages",
    metadata,
    id_column(),
    Column("request_id", BigInteger, ForeignKey("requests.id"), nullable=False),
    Column("client_msg_id", Text, nullable=False),
    Column("state", Text, nullable=False, server_default="waiting"),
    Column("author_id", BigInteger, ForeignKey("users.id"), nullable=False),
    Column("author_name", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("content", Json),  # attachments, reply_to
    Column("reply_to_id", BigInteger),
    Column("delayed", Boolean, nullable=False),
    Column("send_at", Moment, nullable=False),
    Column("error", Text),
    Column("message_id", BigInteger),
    Column("created_at", Moment, nullable=False),
    Index(
        "uq_scheduled_messages_request_id_client_msg_id",
        "request_id",
        "client_msg_id",
        unique=True,
    ),
    Index("ix_scheduled_messages_send_at", "send_at", postgresql_where=text("state = 'waiting'")),
)
WAITING: ColumnElement[bool] = scheduled_messages.c.state == literal_column("'waiting'")

distribution_attempts = Table(
    "distribution_attempts",
    metadata,
    id_column(),
    Column("at", Moment, nullable=False),
    Column("request_id", BigInteger, nullable=False),
    Column("bot_id", BigInteger, nullable=False),
    Column("subject_id", BigInteger),
    Column("group_ids", Ids, nullable=False, server_default="{}"),
    Column("method", Text, nullable=False),
    Column("candidates", Json, nullable=False),
    Column("chosen_id", BigInteger),
    Column("result", Text, nullable=False),  # distributed | skipped
    Column("reason", Text),
    Column("rule", Text),
    Column("anomaly", Boolean, nullable=False, server_default="false"),
    Column("duration_ms", Integer, nullable=False),
    Index("ix_distribution_attempts_request_id", "request_id", "id"),
    Index("ix_distribution_attempts_at", "at"),
)
