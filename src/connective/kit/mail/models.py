"""Mails, sent and kept."""

from sqlalchemy import Column, Table, Text

from connective.kit.db.metadata import Moment, id_column, metadata

mails = Table(
    "mails",
    metadata,
    id_column(),
    Column("to", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("state", Text, nullable=False, server_default="waiting"),  # waiting | sent | kept
    Column("error", Text),
    Column("created_at", Moment, nullable=False),
    Column("sent_at", Moment),
)
