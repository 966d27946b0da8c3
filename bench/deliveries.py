"""Drain of the delivery ledger, durable and signed, against a bare aiohttp fan-out."""

from __future__ import annotations

import asyncio
import multiprocessing
import statistics
import tempfile
import time
from pathlib import Path

import aiohttp
import msgspec
import uvloop
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import create_async_engine

from connective.kit import clock, crypto
from connective.kit.auth_policy import SYSTEM
from connective.kit.context import unit_of_work
from connective.kit.db.engine import close_engine, engine, open_engine
from connective.kit.db.metadata import extra_ddl, metadata
from connective.kit.egress import Egress, Policy
from connective.kit.embedded_postgres import Server
from connective.kit.events import models as _events  # noqa: F401
from connective.kit.outbox.append import Outgoing
from connective.kit.outbox.models import endpoints
from connective.kit.senders.owner import registered
from connective.kit.senders.sender import Sender

IN_FLIGHT = 100
BODY = b'{"event_name":"message_from_bot","chat_id":"313145","text":"' + b"x" * 330 + b'"}'
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


class Sink(asyncio.Protocol):
    """Answers each request by its body's last bytes; enough for one fixed body."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        if data.endswith(b'x"}'):
            self.transport.write(ANSWER)  # type: ignore[attr-defined]


def receive(ports: multiprocessing.Queue[int]) -> None:
    async def main() -> None:
        server = await asyncio.get_running_loop().create_server(Sink, "127.0.0.1", 0, backlog=1000)
        ports.put(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    uvloop.run(main())


async def bare(url: str, count: int) -> float:
    """The same number of POSTs by aiohttp alone, unsigned, kept nowhere: calls a second."""
    left = count
    headers = {"Content-Type": "application/json"}

    async def one() -> None:
        nonlocal left
        while left > 0:
            left -= 1
            async with session.post(url, headers=headers, data=BODY) as response:
                await response.read()

    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector, trust_env=False) as session:
        started = time.perf_counter()
        await asyncio.gather(*(one() for _ in range(IN_FLIGHT)))
    return count / (time.perf_counter() - started)


async def drained(dsn: str, url: str, *, count: int, lanes: int) -> float:
    """Fill the ledger, then let one sender drain it: deliveries a second."""
    open_engine(dsn)
    vault = crypto.Vault(["bench"])
    try:
        await _fill(vault, url, count=count, lanes=lanes)
        async with (
            Egress(Policy.build(allow_private=True)) as door,
            registered(dsn) as owner,
        ):
            sender = Sender(engine(), door, vault, owner.id, in_flight=IN_FLIGHT)
            started = time.perf_counter()
            await _until_written(sender, count)
            return count / (time.perf_counter() - started)
    finally:
        await close_engine()


async def _fill(vault: crypto.Vault, url: str, *, count: int, lanes: int) -> None:
    row = {
        "kind": "webhook",
        "name": "Sink",
        "url": url,
        "secret": vault.seal(crypto.webhook_secret()),
        "created_at": clock.now(),
    }
    async with unit_of_work(SYSTEM) as ctx:
        made = await ctx.db.execute(insert(endpoints).values(row).returning(endpoints.c.id))
        number = int(made.scalar_one())
    for start in range(0, count, 1000):
        async with unit_of_work(SYSTEM) as ctx:
            for index in range(start, min(start + 1000, count)):
                ctx.send(
                    Outgoing(
                        endpoint_id=number,
                        kind="webhook",
                        event_name="message_from_bot",
                        lane=f"chat{index % lanes}",
                        body=lambda _sequence, _id: BODY,
                    )
                )


async def _until_written(sender: Sender, count: int) -> None:
    stop = asyncio.Event()
    claiming = asyncio.create_task(sender.keep_claiming(stop))
    writing = asyncio.create_task(sender.keep_writing())
    async with asyncio.timeout(120):
        await sender.has_written(count)
    stop.set()
    await claiming
    await sender.land()
    writing.cancel()


async def make_tables(dsn: str) -> None:
    url = dsn.replace("postgresql://", "postgresql+asyncpg://")
    made = create_async_engine(url)
    async with made.begin() as connection:
        await connection.run_sync(metadata.create_all)
        for statement in extra_ddl:
            await connection.exec_driver_sql(statement)
    await made.dispose()


class Found(msgspec.Struct):
    """Calls a second, pair by pair."""

    bare: list[float]
    ours: list[float]

    def ratio(self) -> float:
        return statistics.median(o / b for o, b in zip(self.ours, self.bare, strict=True))


async def compare(dsn: str, url: str, *, count: int, lanes: int, pairs: int) -> Found:
    """Alternating rounds of the ledger and of the bare fan-out."""
    await make_tables(dsn)
    found = Found([], [])
    for _ in range(pairs):
        found.bare.append(await bare(url, count))
        found.ours.append(await drained(dsn, url, count=count, lanes=lanes))
    return found


def measure(*, count: int = 10_000, lanes: int = 2_000, pairs: int = 5) -> Found:
    """A sink in a process of its own, a ledger in a new database."""
    ports: multiprocessing.Queue[int] = multiprocessing.Queue()
    sink = multiprocessing.Process(target=receive, args=(ports,), daemon=True)
    sink.start()
    url = f"http://127.0.0.1:{ports.get(timeout=10)}/hook"
    try:
        with tempfile.TemporaryDirectory() as folder, Server(Path(folder)) as server:
            return uvloop.run(compare(server.dsn, url, count=count, lanes=lanes, pairs=pairs))
    finally:
        sink.terminate()
