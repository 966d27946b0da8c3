"""Distribution: 10,000 requests in the queue over 200 operators, one transaction each.

In the process of the bench, as the worker's loop does it, on PostgreSQL with fsync. The baseline is
the least that an exact assignment costs: the same rows locked and written by bare asyncpg.
"""

import statistics
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import asyncpg
import msgspec
import uvloop

from bench import fill, instance
from connective.app.asgi import fill_points
from connective.kit.db.engine import close_engine, open_engine
from connective.kit.embedded_postgres import Server
from connective.kit.testing.crowd import Crowd
from connective.modules.requests.distributing import distribute

OPERATORS = 200
_LOCK_DIALOG = "SELECT id FROM dialogs WHERE id = $1 FOR UPDATE"
_LOCK_REQUEST = "SELECT id FROM requests WHERE id = $1 AND assignee_id IS NULL FOR UPDATE"
_TOOK = "UPDATE operators SET active = active + 1 WHERE user_id = $1"
_GIVE = "UPDATE requests SET assignee_id = $2, state = 'open' WHERE id = $1"
_OWN = "UPDATE dialogs SET owner = 'operator' WHERE id = $1"
_SAY = "INSERT INTO events (at, kind, request_id, data) VALUES (now(), 'bench', $1, '{}')"


class Found(msgspec.Struct):
    """Seconds for all requests, and for the look at a queue where nothing can be given."""

    requests: int
    took_s: float
    idle_look_s: list[float]
    least_s: float
    fullest: int
    emptiest: int

    @property
    def per_s(self) -> float:
        return self.requests / self.took_s


async def measure(*, requests: int) -> Found:
    fill_points()
    with (
        tempfile.TemporaryDirectory() as folder,
        Server(Path(folder)) as server,
        instance.serving(Path(folder), role="web"),
    ):
        async with instance.sql(server.dsn) as db:
            open_engine(server.dsn, pool_size=5)
            try:
                return await _measured(db, server.dsn, requests)
            finally:
                await close_engine()


async def _measured(db: Any, dsn: str, requests: int) -> Found:
    crowd = await Crowd.gather(db)
    people = [
        await crowd.operator(f"operator{n}", limit=requests // OPERATORS) for n in range(OPERATORS)
    ]
    # their open panels say so every few seconds
    await db.execute("UPDATE operators SET seen_at = now() + interval '1 hour'")
    ids = await crowd.requests(requests)
    await fill.settle(db)
    began = time.perf_counter()
    given = await distribute()
    took = time.perf_counter() - began
    if given != requests:
        raise RuntimeError(f"{requests - given} requests were not given")
    shares = Counter((await crowd.holders(ids)).values())
    await crowd.requests(requests)
    await distribute()
    looks = [await _timed_look() for _ in range(5)]
    least = await _least(dsn, ids[: requests // 10], people)
    return Found(requests, took, looks, least * 10, max(shares.values()), min(shares.values()))


async def _timed_look() -> float:
    began = time.perf_counter()
    await distribute()
    return time.perf_counter() - began


async def _least(dsn: str, ids: list[int], people: list[int]) -> float:
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute(
            "UPDATE requests SET assignee_id = NULL, state = 'queue' WHERE id = ANY($1)", ids
        )
        began = time.perf_counter()
        for place, request_id in enumerate(ids):
            await _assign(connection, request_id, people[place % len(people)])
        return time.perf_counter() - began
    finally:
        await connection.close()


async def _assign(connection: Any, request_id: int, user_id: int) -> None:
    async with connection.transaction():
        await connection.execute(_LOCK_DIALOG, request_id)
        await connection.execute(_LOCK_REQUEST, request_id)
        await connection.execute(_TOOK, user_id)
        await connection.execute(_GIVE, request_id, user_id)
        await connection.execute(_OWN, request_id)
        await connection.execute(_SAY, request_id)


def main() -> None:
    requests = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    found = uvloop.run(measure(requests=requests))
    sys.stdout.write(
        f"{found.requests} requests over {OPERATORS} operators: {found.took_s:.1f} s,"
        f" {found.per_s:.0f}/s, {found.emptiest} to {found.fullest} each\n"
        f"the least by bare asyncpg: {found.least_s:.1f} s\n"
        f"a look at as many that nobody can take: {statistics.median(found.idle_look_s):.2f} s\n"
    )


if __name__ == "__main__":
    main()
