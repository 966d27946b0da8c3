"""What is sealed in the database: counted, and sealed anew under the newest key.

A sealed value is told from its surroundings by its form, also within a JSON document.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, Final

from msgspec import Struct, field
from sqlalchemy import Column

from connective.kit.crypto import Undecryptable, Vault
from connective.kit.db.metadata import Json, metadata

_VALUE: Final = re.compile(r"gAAAAA[\w-]{60,}={0,2}")
_COUNT: Final = """
SELECT count(*) FROM {table} WHERE "{column}"::text LIKE '%gAAAAA%'
"""
_ROWS: Final = """
SELECT ctid AS place, "{column}"::text AS stored FROM {table}
WHERE "{column}"::text LIKE '%gAAAAA%'
"""
# A row that was changed meanwhile stands elsewhere, or holds something else: it is left alone.
_WRITE: Final = """
UPDATE {table} SET "{column}" = $1::{kind} WHERE ctid = $2 AND "{column}" = $3::{kind}
"""
ROUNDS: Final = 20
KNOWN: Final = 10_000


class Renewed(Struct):
    """How many rows were sealed anew; by column, how many values no key of ours opens."""

    rows: int = 0
    unreadable: dict[str, int] = field(default_factory=dict)


def columns() -> Iterator[Column[Any]]:
    """Every column whose values stand encrypted."""
    for table in metadata.sorted_tables:
        yield from (column for column in table.columns if column.info.get("sealed"))


def name_of(column: Column[Any]) -> str:
    """`table.column`."""
    return f"{column.table.name}.{column.name}"


async def count(db: Any) -> dict[str, int]:
    """By column, how many rows hold something sealed."""
    found = {name_of(each): await db.fetchval(_of(_COUNT, each)) for each in columns()}
    return {name: rows for name, rows in found.items() if rows}


async def renew(db: Any, vault: Vault) -> Renewed:
    """Seal everything anew, beside processes that read and write it; they have both keys."""
    done = Renewed()
    # what stood in several places under one seal does so again
    renewed = lru_cache(KNOWN)(vault.renew)
    for column in columns():
        for _ in range(ROUNDS):
            changed, missed, lost = await _round(db, column, renewed)
            done.rows += changed
            if not missed:
                break
        if lost:
            done.unreadable[name_of(column)] = lost
    return done


async def _round(
    db: Any, column: Column[Any], renewed: Callable[[str], str]
) -> tuple[int, int, int]:
    """How many rows were changed, were changed by somebody else meanwhile, cannot be read."""
    changed = missed = lost = 0
    for row in await db.fetch(_of(_ROWS, column)):
        stored, values = row["stored"], _VALUE.findall(row["stored"])
        known = {value: new for value in values if (new := _or_none(renewed, value)) is not None}
        lost += len(set(values)) - len(known)
        told = stored
        for value, new in known.items():
            told = told.replace(value, new)
        if told != stored:
            done = await db.execute(_of(_WRITE, column), told, row["place"], stored)
            written = done == "UPDATE 1"
            changed, missed = changed + written, missed + (not written)
    return changed, missed, lost


def _or_none(renewed: Callable[[str], str], value: str) -> str | None:
    try:
        return renewed(value)
    except Undecryptable:
        return None


def _of(query: str, column: Column[Any]) -> str:
    kind = "jsonb" if column.type is Json else "text"
    return query.format(table=column.table.name, column=column.name, kind=kind)
