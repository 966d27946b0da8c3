"""What it costs to write sixty rows of sixteen columns: `python -m bench.bulk_insert`.

Processor time a row, of this process and of PostgreSQL; the best of several rounds.
"""

import itertools
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg
import msgspec
import uvloop

from bench.cpu import spent
from connective.kit.embedded_postgres import Server

ROWS, CALLS, ROUNDS = 60, 100, 5
COLUMNS = {
    "id": "bigint", "dialog_id": "bigint", "seq": "bigint", "direction": "text", "kind": "text",
    "author_kind": "text", "created_at": "timestamptz", "status": "text", "author_id": "bigint",
    "author_name": "text", "run_id": "bigint", "node_id": "bigint", "external_id": "text",
    "text": "text", "content": "jsonb", "while_inactive": "bool",
}  # fmt: skip
NAMES = ", ".join(COLUMNS)
TYPED = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
ARRAYS = ", ".join(f"${nr}::{kind}[]" for nr, kind in enumerate(COLUMNS.values(), 1))
MARKS = ", ".join(f"${nr}" for nr in range(1, len(COLUMNS) + 1))
INTO = f"INSERT INTO m ({NAMES})"
NOW = datetime(2026, 11, 22, tzinfo=UTC)
_ids = itertools.count(1)
_encode = msgspec.json.Encoder().encode

Rows = list[tuple[Any, ...]]
Way = Callable[[Any, Rows], Awaitable[Any]]


def rows() -> Rows:
    """Messages that look like those of a turn."""
    return [
        (n, n % 1000, n, "in", "text", "client", NOW, "received", 77, "Ann Smith", n, None, str(n),
         "order number and some words", None, False)
        for n in itertools.islice(_ids, ROWS)
    ]  # fmt: skip


async def arrays(driver: Any, given: Rows) -> None:
    """One statement over an array for each column."""
    columns = [list(column) for column in zip(*given, strict=True)]
    await driver.execute(f"{INTO} SELECT * FROM unnest({ARRAYS})", *columns)  # noqa: S608


async def as_json(driver: Any, given: Rows) -> None:
    """One statement over one JSON value."""
    body = _encode([dict(zip(COLUMNS, row, strict=True)) for row in given]).decode()
    source = f"SELECT {NAMES} FROM json_to_recordset($1) AS r({TYPED})"  # noqa: S608
    await driver.execute(f"{INTO} {source}", body)


async def one_by_one(driver: Any, given: Rows) -> None:
    """A prepared statement for each row, sent together."""
    await driver.executemany(f"{INTO} VALUES ({MARKS})", given)


async def copy(driver: Any, given: Rows) -> None:
    """COPY, as `kit.db.bulk` does it."""
    await driver.copy_records_to_table("m", records=given, columns=tuple(COLUMNS))


async def measure(driver: Any, way: Way, postgres: int) -> tuple[float, float]:
    """Microseconds a row here, and in PostgreSQL."""
    given = [rows() for _ in range(CALLS)]
    here, there = time.process_time(), spent(postgres)
    for group in given:
        await way(driver, group)
    count = ROWS * CALLS / 1e6
    return (time.process_time() - here) / count, (spent(postgres) - there) / count


async def main() -> None:
    """Alternate the ways, so that a slow minute hits all of them."""
    with tempfile.TemporaryDirectory() as folder, Server(Path(folder)) as server:
        driver = await asyncpg.connect(server.dsn)
        await driver.execute(f"CREATE TABLE m ({TYPED}, PRIMARY KEY (id))")
        await driver.execute("CREATE UNIQUE INDEX ON m (dialog_id, seq)")
        ways: tuple[Way, ...] = (arrays, as_json, one_by_one, copy)
        found: dict[str, list[tuple[float, float]]] = {}
        for way in ways * ROUNDS:
            took = await measure(driver, way, server.pid)
            found.setdefault(str(way.__doc__), []).append(took)
        for name, rounds in found.items():
            here, there = (min(column) for column in zip(*rounds, strict=True))
            sys.stdout.write(f"{name:<52}{here:6.1f} us here {there:6.1f} us in PostgreSQL\n")
        await driver.close()


if __name__ == "__main__":
    uvloop.run(main())
