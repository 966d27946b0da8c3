"""What may not grow while an instance works on and on: memory, descriptors, tables, what waits."""

from collections.abc import Iterable
from pathlib import Path

from bench.instance import Sql
from bench.slopes import Bound

# Tables below this many rows are judged together: a page more or less is much for them.
LARGE = 2_000
BOUNDS = {
    "memory of the server": Bound("MB", 0.05, 8),
    "memory of a database connection": Bound("MB", 0.1, 1),
    "connections to the database": Bound("", 0.1, 2),
    "file descriptors of the server": Bound("", 0.1, 8),
    "threads of the server": Bound("", 0.1, 2),
    "events that a reader is behind": Bound("", 0.2, 200),
    "deliveries that wait": Bound("", 0.2, 50),
    "calls and events that wait": Bound("", 0.2, 20),
    "jobs that wait": Bound("", 0.2, 10),
    "small tables": Bound("MB", 0.1, 2),
    "time of a turn, p99": Bound("ms", 0.3, 20),
}
A_ROW = Bound("bytes", 0.05, 20)
_WAITING = """
SELECT (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database())
         AS "connections to the database",
       (SELECT coalesce(max(id), 0) FROM events) - (SELECT coalesce(min(position), 0)
         FROM event_cursors) AS "events that a reader is behind",
       (SELECT count(*) FROM deliveries WHERE status IN ('pending', 'retrying'))
         AS "deliveries that wait",
       (SELECT count(*) FROM calls WHERE status IN ('waiting', 'running'))
         + (SELECT count(*) FROM parked)
         + (SELECT count(*) FROM inbound_backlog WHERE status = 'waiting')
         AS "calls and events that wait",
       (SELECT count(*) FROM pgqueuer WHERE status = 'queued' AND execute_after <= now())
         AS "jobs that wait"
"""
_TABLES = """
SELECT relname AS name, n_live_tup AS rows, pg_table_size(relid) AS heap,
       pg_indexes_size(relid) AS indexes
FROM pg_stat_user_tables
"""
_BACKENDS = "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"


async def look(db: Sql, pids: Iterable[int]) -> dict[str, float]:
    """Every gauge now; `pids` are the server's processes."""
    waiting = (await db.fetch(_WAITING))[0]
    backends = [row["pid"] for row in await db.fetch(_BACKENDS)]
    own = sorted(pids)
    return {
        "memory of the server": sum(_status(pid, "VmRSS") for pid in own),
        "memory of a database connection": sum(_status(pid, "RssAnon") for pid in backends)
        / max(1, len(backends)),
        "file descriptors of the server": sum(map(_descriptors, own)),
        "threads of the server": sum(_status(pid, "Threads") * 1024 for pid in own),
        **{name: float(value) for name, value in waiting.items()},
        **await _tables(db),
    }


async def _tables(db: Sql) -> dict[str, float]:
    """Bytes a row of the large tables, so that only bloat counts; the others as they are."""
    found, small = {}, 0.0
    for row in await db.fetch(_TABLES):
        if row["rows"] < LARGE:
            small += row["heap"] + row["indexes"]
            continue
        found[f"{row['name']}, a row"] = row["heap"] / row["rows"]
        found[f"indexes of {row['name']}, a row"] = row["indexes"] / row["rows"]
    return found | {"small tables": small / 1024**2}


def bound(name: str) -> Bound:
    return BOUNDS.get(name, A_ROW)


def _status(pid: int, field: str) -> float:
    """A field of a process in units of 1,024; nothing if it has just ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith(f"{field}:")) / 1024


def _descriptors(pid: int) -> float:
    try:
        return float(len(list(Path(f"/proc/{pid}/fd").iterdir())))
    except OSError:
        return 0.0
