"""Which integrations are in trouble, so that it is said once."""

from sqlalchemy import Column, Table, Text

from connective.kit.db.metadata import Moment, metadata

integration_troubles = Table(
    "integration_troubles",
    metadata,
    Column("key", Text, primary_key=True),
    Column("since", Moment, nullable=False),
)
