"""Table of drafts: one of a kind for each person and request."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    PrimaryKeyConstraint,
    Table,
    Text,
)

from connective.kit.db.metadata import Moment, metadata

# An emptied draft stays for a while: a device that was offline has an older one.
drafts = Table(
    "drafts",
    metadata,
    Column("user_id", BigInteger, ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
    Column("request_id", BigInteger, ForeignKey("requests.id", ondelete="CASCADE"), nullable=False),
    Column("kind", Text, nullable=False),  # reply | note
    Column("text", Text, nullable=False),
    Column("written_at", Moment, nullable=False),
    PrimaryKeyConstraint("user_id", "request_id", "kind"),
    Index("ix_drafts_request_id", "request_id"),
    Index("ix_drafts_written_at", "written_at"),
)
