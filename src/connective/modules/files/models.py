"""Table of stored files; the bytes are in the object storage under `public_id`."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Table, Text

from connective.kit.db.metadata import Moment, id_column, metadata

files = Table(
    "files",
    metadata,
    id_column(),
    Column("public_id", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("mime", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("width", Integer),
    Column("height", Integer),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment),
    # read by its random name alone, for as long as it is there
    Column("public", Boolean, nullable=False, server_default="false"),
    Index("ix_files_expires_at", "expires_at"),
)
