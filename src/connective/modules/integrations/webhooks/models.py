"""What a webhook's endpoint wants to hear of."""

from sqlalchemy import ARRAY, BigInteger, Column, Table, Text

from connective.kit.db.metadata import metadata

# Empty `bot_ids` and `subject_ids` stand for all; `events` holds outside names or `*`.
subscriptions = Table(
    "webhook_subscriptions",
    metadata,
    Column("endpoint_id", BigInteger, primary_key=True, autoincrement=False),
    Column("events", ARRAY(Text), nullable=False),
    Column("bot_ids", ARRAY(BigInteger), nullable=False, server_default="{}"),
    Column("subject_ids", ARRAY(BigInteger), nullable=False, server_default="{}"),
)
