"""What a webhook's endpoint wants to hear of."""

from sqlalchemy import ARRAY, BigInteger, Column, ForeignKey, Table, Text

from connective.kit.db.metadata import SEALED, Moment, metadata

# Empty `bot_ids` and `subject_ids` stand for all; `events` holds outside names or `*`.
subscriptions = Table(
    "webhook_subscriptions",
    metadata,
    Column("endpoint_id", BigInteger, primary_key=True, autoincrement=False),
    Column("events", ARRAY(Text), nullable=False),
    Column("bot_ids", ARRAY(BigInteger), nullable=False, server_default="{}"),
    Column("subject_ids", ARRAY(BigInteger), nullable=False, server_default="{}"),
)

# What signs the events that a bot's scenarios send to addresses of their own.
event_secrets = Table(
    "event_secrets",
    metadata,
    Column("bot_id", BigInteger, ForeignKey("bots.id"), primary_key=True, autoincrement=False),
    Column("secret", Text, nullable=False, info=SEALED),  # sealed
    Column("old_secret", Text, info=SEALED),  # sealed, still signs until old_secret_until
    Column("old_secret_until", Moment),
)
