"""Rows that an instance cannot do without: put in, or brought up to date, after each migration."""

from typing import Any

import msgspec
from sqlalchemy import Table
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection


class Seed(msgspec.Struct, frozen=True):
    """Rows of a table, known by one unique column; a module's `models.py` adds its own."""

    table: Table
    key: str
    rows: list[dict[str, Any]]


seeds: list[Seed] = []


async def sow(db: AsyncConnection) -> None:
    """Write every seed; a row that is there gets the seed's values."""
    for seed in seeds:
        wanted = insert(seed.table).values(seed.rows)
        values = {name: wanted.excluded[name] for name in seed.rows[0] if name != seed.key}
        await db.execute(wanted.on_conflict_do_update(index_elements=[seed.key], set_=values))
