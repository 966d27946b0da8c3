"""What more processes on one machine bring: the same instance with one, two and four of them.

`hooks`: messages that the hook takes a second, the scenario's answer in the outbox, from 64
connections. `through`: messages a second until everything that they caused was done: deliveries,
calls of the scenario, requests, a webhook that hears of every event.
"""

import asyncio
import tempfile
from pathlib import Path

import msgspec

from bench import gauges, instance, load, soak, town
from connective.kit.embedded_postgres import Server

PROCESSES = (1, 2, 4)
FIRST_ID = 2_000_000_000
A_ROUND = 20_000_000


class Step(msgspec.Struct):
    """So many processes: messages a second, time of a turn, memory and connections of all."""

    processes: int
    hooks: load.Round
    through: float
    memory_mb: float
    connections: float


async def measure(*, seconds: float) -> list[Step]:
    """One new instance after the other."""
    return [await _step(count, seconds=seconds) for count in PROCESSES]


async def _step(count: int, *, seconds: float) -> Step:
    with (
        tempfile.TemporaryDirectory() as folder,
        Server(Path(folder)) as server,
        instance.serving(Path(folder), workers=count) as serving,
    ):
        async with (
            town.Partner().listening() as partner,
            instance.sql(server.dsn) as db,
            instance.administrator(serving.url, db) as admin,
        ):
            place = await town.Town.settled(serving.url, admin, partner)
            async with place.awake():
                through = await soak.most(place, db, seconds=seconds)
            wanted = load.Wanted(serving.port, place.hook, FIRST_ID + count * A_ROUND, seconds)
            looked = await gauges.look(db, serving.pids())
            return Step(
                count,
                await asyncio.to_thread(load.run, wanted),
                through,
                looked["memory of the server"],
                looked["connections to the database"],
            )
