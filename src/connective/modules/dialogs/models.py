"""Dialogs (a bot's conversation with one contact) and their messages."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    text,
)
from sqlalchemy.types import JSON

from connective.kit.db.ids import IdBlock
from connective.kit.db.metadata import Json, Moment, metadata

dialog_ids = IdBlock("dialog_ids")
message_ids = IdBlock("message_ids", at_once=5)

# `state` is the engine's; `waiting`, `node_id` and `deadline_at` are copied out of it for lists
# and timers. It is text, because JSONB gives the keys of an object back in another order, in which
# a scenario would then say them. `call_id` marks an action in progress: inbound messages are
# parked until its result.
dialogs = Table(
    "dialogs",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("contact_id", BigInteger, ForeignKey("contacts.id"), nullable=False, unique=True),
    Column("client_id", BigInteger, ForeignKey("clients.id"), nullable=False),
    Column("account_id", BigInteger, ForeignKey("channel_accounts.id"), nullable=False),
    Column("bot_id", BigInteger, ForeignKey("bots.id"), nullable=False),
    Column("channel", Text, nullable=False),
    Column("chat_id", Text, nullable=False),
    Column("owner", Text, nullable=False, server_default="bot"),
    Column("epoch", Integer, nullable=False, server_default="1"),
    Column("seq", BigInteger, nullable=False, server_default="0"),
    Column("state", JSON(none_as_null=True)),
    Column("waiting", Text, nullable=False, server_default="none"),
    Column("node_id", BigInteger),
    Column("run_id", BigInteger),
    Column("call_id", Text),
    Column("request_id", BigInteger),  # the unclosed chat of the panel
    Column("parked", Integer, nullable=False, server_default="0"),
    Column("deadline_at", Moment),
    Column("language", Text, nullable=False, server_default=""),
    Column("last_message_id", BigInteger),
    Column("last_message_at", Moment),
    Column("created_at", Moment, nullable=False),
    Index("ix_dialogs_bot_id_last_message_at", "bot_id", "last_message_at", "id"),
    Index("ix_dialogs_last_message_at", "last_message_at", "id"),
    Index("ix_dialogs_client_id", "client_id"),
    Index(
        "ix_dialogs_deadline_at", "deadline_at", postgresql_where=text("deadline_at IS NOT NULL")
    ),
    postgresql_with={"fillfactor": "70"},
)

# No foreign key to dialogs: it would be checked by a query for every message of every turn, and
# a dialog is never removed without its messages.
messages = Table(
    "messages",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("dialog_id", BigInteger, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("request_id", BigInteger),
    Column("run_id", BigInteger),
    Column("node_id", BigInteger),
    Column("direction", Text, nullable=False),  # in | out | note (never leaves the panel)
    Column("kind", Text, nullable=False),
    Column("author_kind", Text, nullable=False),  # client | bot | operator | broadcast | system
    Column("author_id", BigInteger),
    Column("author_name", Text, nullable=False, server_default=""),
    Column("external_id", Text),
    Column("text", Text, nullable=False, server_default=""),
    Column("content", Json),  # attachments, keyboard, location, contact, cards, reply_to ...
    Column("status", Text, nullable=False),
    Column("error", Text),
    Column("while_inactive", Boolean, nullable=False, server_default="false"),
    Column("created_at", Moment, nullable=False),
    Column("edited_at", Moment),
    Column("deleted_at", Moment),
    Index("uq_messages_dialog_id_seq", "dialog_id", "seq", unique=True),
    Index(
        "ix_messages_external_id",
        "external_id",
        "dialog_id",
        postgresql_where=text("external_id IS NOT NULL"),
    ),
)

# A message that a provider takes in several calls has a name for each: those besides the first.
message_parts = Table(
    "message_parts",
    metadata,
    Column("external_id", Text, nullable=False),
    Column("dialog_id", BigInteger, nullable=False),
    Column("message_id", BigInteger, nullable=False),
    PrimaryKeyConstraint("external_id", "dialog_id"),
)
