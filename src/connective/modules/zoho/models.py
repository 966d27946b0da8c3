"""The connection to Zoho CRM, and the notes about closed chats that wait for it."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    Table,
    Text,
    text,
)

from connective.kit.db.metadata import SEALED, Json, Moment, id_column, metadata

# One row, number 1. `state` new | connected | reconnect; secrets and tokens are sealed. Empty
# addresses are those of the data centre, an empty product name is the instance's.
zoho_account = Table(
    "zoho_account",
    metadata,
    Column("id", SmallInteger, primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("dc", Text, nullable=False),
    Column("client_id", Text, nullable=False, server_default=""),
    Column("client_secret", Text, info=SEALED),
    Column("api_base", Text),
    Column("accounts_base", Text),
    Column("product_name", Text),
    Column("on_close", Boolean, nullable=False, server_default=text("false")),
    Column("module", Text, nullable=False),
    Column("mapping", Json, nullable=False, server_default="[]"),
    Column("state", Text, nullable=False, server_default="new"),
    Column("access_token", Text, info=SEALED),
    Column("access_until", Moment),
    Column("refresh_token", Text, info=SEALED),
    Column("connected_at", Moment),
    Column("last_call_at", Moment),
    Column("last_error", Json),  # text, status, at
    Column("counts", Json, nullable=False, server_default="{}"),  # kit.call_counts
    Column("updated_at", Moment, nullable=False),
)

# `record_id` and `tried_note` tell how far a try came that was interrupted; `missing` holds
# "Module.Field" of what Zoho did not take while the rest was written.
zoho_notes = Table(
    "zoho_notes",
    metadata,
    id_column(),
    Column("event_id", BigInteger, nullable=False, unique=True),
    Column("request_id", BigInteger, ForeignKey("requests.id"), nullable=False),
    Column("client_id", BigInteger, nullable=False),
    Column("status", Text, nullable=False),  # waiting | sent | failed
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("next_at", Moment),
    Column("leased_until", Moment),
    Column("module", Text),
    Column("record_id", Text),
    Column("tried_note", Boolean, nullable=False, server_default=text("false")),
    Column("note_id", Text),
    Column("title", Text, nullable=False, server_default=""),
    Column("missing", Json, nullable=False, server_default="[]"),
    Column("error", Text),
    Column("created_at", Moment, nullable=False),
    Column("sent_at", Moment),
    Index("ix_zoho_notes_next_at", "next_at", postgresql_where=text("status = 'waiting'")),
    Index("ix_zoho_notes_status", "status", "id"),
    Index("ix_zoho_notes_client_id", "client_id", "id"),
)
