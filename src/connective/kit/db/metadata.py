"""The one collection of tables; a module's `models.py` adds its own to it."""

from typing import Final

from sqlalchemy import BigInteger, Column, DateTime, Identity, MetaData
from sqlalchemy.dialects.postgresql import JSONB

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)
# What a table needs beyond its columns (partitions, extensions), run once after the tables exist.
extra_ddl: list[str] = []

Moment = DateTime(timezone=True)
Json = JSONB(none_as_null=True)
# The mark of a column whose values, or values within, are sealed by the instance's vault.
SEALED: Final = {"sealed": True}


def id_column() -> Column[int]:
    """The usual key: a number that the database gives."""
    return Column("id", BigInteger, Identity(), primary_key=True)
