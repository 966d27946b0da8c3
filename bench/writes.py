"""What the database wrote between two looks: rows and bytes by table, and the log."""

import msgspec

from bench.instance import Sql

_TABLES = """
SELECT relname AS name, n_tup_ins AS inserted, n_tup_upd AS updated, n_tup_hot_upd AS hot,
       pg_total_relation_size(relid) AS size
FROM pg_stat_user_tables
"""
_LOG = "SELECT pg_current_wal_insert_lsn()::text"
_LOGGED = "SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), $1::text::pg_lsn)::bigint"


class Table(msgspec.Struct):
    """What a table got."""

    inserted: int
    updated: int
    hot: int
    size: int


class Look(msgspec.Struct):
    """The counters at a moment."""

    tables: dict[str, Table]
    log: str


async def look(db: Sql) -> Look:
    rows = await db.fetch(_TABLES)
    tables = {row["name"]: Table(*list(row.values())[1:]) for row in rows}
    return Look(tables, await db.value(_LOG))


async def since(db: Sql, before: Look, turns: int) -> list[str]:
    """What one turn wrote, a line for each table."""
    logged = await db.value(_LOGGED, before.log)
    after = await look(db)
    lines = [f"{'table':<16}{'inserted':>10}{'updated':>10}{'in place':>10}{'bytes':>10}"]
    for name in sorted(after.tables):
        new, old = after.tables[name], before.tables.get(name, Table(0, 0, 0, 0))
        values = [new.inserted - old.inserted, new.updated - old.updated, new.hot - old.hot]
        if max(values[:2]) > turns / 100:
            each = "".join(f"{value / turns:>10.2f}" for value in values)
            lines.append(f"{name:<16}{each}{(new.size - old.size) / turns:>10,.0f}")
    lines.append(f"write-ahead log: {logged / turns:,.0f} bytes a turn")
    return lines
