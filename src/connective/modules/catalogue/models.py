"""Which integrations are in trouble, so that it is said once."""

from sqlalchemy import Column, Table, Text

from connective.kit.db.metadata import Moment, metadata

integration_troubles = Table(
    "integration_troubles",
    metadata,
    Column("key", Text, primary_key=True),
    Column("since", Moment, nullable=False),
    Column("told_at", Moment),  # empty after the first look: it may be over by the second
)
