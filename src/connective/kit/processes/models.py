"""One row per living process and role."""

from sqlalchemy import Column, Integer, Table, Text

from connective.kit.db.metadata import Moment, metadata

processes = Table(
    "processes",
    metadata,
    Column("id", Text, primary_key=True),
    Column("role", Text, nullable=False),  # web | worker
    Column("host", Text, nullable=False),
    Column("pid", Integer, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("beat_at", Moment, nullable=False),
    # the newest migration that its release knows; None: a release that did not say so yet
    Column("schema", Text),
)
