"""Templates of messages, the broadcasts they go out in, and each message that was asked for."""

from sqlalchemy import ARRAY, BigInteger, Boolean, Column, Index, Integer, Table, Text, text

from connective.kit.db.metadata import Json, Moment, id_column, metadata

message_templates = Table(
    "message_templates",
    metadata,
    id_column(),
    Column("name", Text, nullable=False),
    Column("name_key", Text, nullable=False),
    Column("bot_ids", ARRAY(BigInteger), nullable=False, server_default="{}"),  # empty: any bot
    Column("channels", ARRAY(Text), nullable=False, server_default="{}"),  # in order; empty: any
    Column("content", Json, nullable=False),
    Column("active", Boolean, nullable=False, server_default="true"),
    Column("version", Integer, nullable=False, server_default="1"),  # one more at each change
    Column("created_by", BigInteger),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("archived_at", Moment),
    Index(
        "uq_message_templates_name_key",
        "name_key",
        unique=True,
        postgresql_where=text("archived_at IS NULL"),
    ),
)

# What goes out together. Calls of the API share one for each template and bot.
broadcasts = Table(
    "broadcasts",
    metadata,
    id_column(),
    Column("kind", Text, nullable=False),  # api
    Column("bot_id", BigInteger, nullable=False),
    Column("template_id", BigInteger, nullable=False),
    Column("created_at", Moment, nullable=False),
    Index(
        "uq_broadcasts_api",
        "template_id",
        "bot_id",
        unique=True,
        postgresql_where=text("kind = 'api'"),
    ),
)

# One message to one client. `left` are the channels to try when this one cannot deliver it.
broadcast_messages = Table(
    "broadcast_messages",
    metadata,
    id_column(),
    Column("broadcast_id", BigInteger, nullable=False),
    Column("bot_id", BigInteger, nullable=False),
    Column("template_id", BigInteger, nullable=False),
    Column("template_version", Integer, nullable=False),
    Column("content", Json, nullable=False),  # of that version
    Column("variables", Json, nullable=False, server_default="{}"),
    Column("phone", Text, nullable=False),
    Column("contact_id", BigInteger, nullable=False),
    Column("channel", Text, nullable=False),
    Column("left", ARRAY(Text), nullable=False, server_default="{}"),
    Column("status", Text, nullable=False),  # scheduled | queued | sent | delivered | read | failed
    Column("error", Text),
    Column("message_id", BigInteger),
    Column("key_id", BigInteger),
    Column("dedupe", Text),
    Column("send_at", Moment),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Index("ix_broadcast_messages_due", "send_at", postgresql_where=text("status = 'scheduled'")),
    Index("ix_broadcast_messages_created_at", "created_at", "id"),
    Index("ix_broadcast_messages_template_id", "template_id", "id"),
    Index("ix_broadcast_messages_phone", "phone", "id"),
    Index(
        "uq_broadcast_messages_dedupe",
        "bot_id",
        "dedupe",
        unique=True,
        postgresql_where=text("dedupe IS NOT NULL"),
    ),
    Index(
        "ix_broadcast_messages_message_id",
        "message_id",
        postgresql_where=text("message_id IS NOT NULL"),
    ),
)
