"""The instance itself, and its vault of secrets."""

from sqlalchemy import BigInteger, CheckConstraint, Column, Integer, Table, Text

from connective.kit.db.metadata import SEALED, Moment, id_column, metadata

# One row. `epoch` grows with every restore: whoever cached something of before starts anew.
instance = Table(
    "instance",
    metadata,
    Column("one", Integer, primary_key=True, server_default="1"),
    Column("id", Text, nullable=False),
    Column("epoch", Integer, nullable=False, server_default="1"),
    Column("key_fingerprint", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    CheckConstraint("one = 1", name="one_row"),
)

secrets = Table(
    "secrets",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False, info=SEALED),  # sealed
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("updated_by", BigInteger),
)

# Backups that `connective backup` has written; where the files are now, nobody knows here.
backups = Table(
    "backups",
    metadata,
    id_column(),
    Column("made_at", Moment, nullable=False),
    Column("bytes", BigInteger, nullable=False),
    Column("files", Integer, nullable=False),
)

# Checks that are red now, and whether anybody has been told.
alerts = Table(
    "alerts",
    metadata,
    Column("name", Text, primary_key=True),
    Column("code", Text, nullable=False),
    Column("since", Moment, nullable=False),
    Column("told_at", Moment),
)
