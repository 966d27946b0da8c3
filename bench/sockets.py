"""Fan-out to 1,000 sockets, from the commit of an event to the last client, beside bare ASGI.

Ours is the whole way: rows in the event log, one reader, policy, encoding, writes. The baseline is
a bare application on uvicorn's own sockets that sends a frame of the same size to each of them.
"""

import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import msgspec
import uvloop
from websockets.client import ClientProtocol
from websockets.frames import Frame, Opcode
from websockets.uri import parse_uri

from bench import instance, peers
from connective.kit.embedded_postgres import Server
from connective.kit.testing.app_client import AppClient

CLIENTS = 1000
SINGLES = 30
FAN_OUT = Path(__file__).with_name("fan_out.py")
TEXT = "x" * 70
_SAY = """
INSERT INTO events (at, kind, data)
SELECT now(), 'webhook.warned', jsonb_build_object('endpoint_id', 1000000 + n, 'name', $2::text)
FROM generate_series(1, $1::int) AS n
"""
# All frames of one length, whatever their ids.
_LONG_IDS = "ALTER SEQUENCE events_id_seq RESTART 1000000000"
_WAKE = "SELECT pg_notify('connective_wake', '0 events')"
Say = Callable[[int], Awaitable[None]]


class Round(msgspec.Struct):
    """Frames a second; milliseconds until the last client had a single frame, and of HTTP."""

    per_s: float
    last_ms: list[float]
    http_ms: list[float]
    frame_bytes: int


class Found(msgspec.Struct):
    ours: list[Round] = msgspec.field(default_factory=list)
    asgi: list[Round] = msgspec.field(default_factory=list)

    def ratio(self) -> float:
        pairs = zip(self.ours, self.asgi, strict=True)
        return statistics.median(ours.per_s / bare.per_s for ours, bare in pairs)


class Client(asyncio.Protocol):
    """Counts bytes behind the handshake; all frames of a round are of one size."""

    def __init__(self, crowd: "Crowd", hello: bytes) -> None:
        self._crowd, self._hello = crowd, hello
        self._shaken = False
        self.got = 0
        self.frame_size = 0

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        transport.write(self._hello)

    def data_received(self, data: bytes) -> None:
        if not self._shaken:
            head, end, data = data.partition(b"\r\n\r\n")
            if not end or b" 101 " not in head:
                raise RuntimeError(f"no handshake: {head!r}")
            self._shaken = True
            self._crowd.shaken(self)
        if data:
            if not self.frame_size:  # between 126 and 65,535 bytes: a head of four
                self.frame_size = 4 + int.from_bytes(data[2:4], "big")
            self.got += len(data)
            if self.got >= self._crowd.wanted:
                self._crowd.has_all(self)


class Crowd:
    """All clients, in this process."""

    def __init__(self, port: int, headers: dict[str, str], first: bytes) -> None:
        self._port, self._headers, self._first = port, headers, first
        self._clients: list[Client] = []
        self._left: set[Client] = set()
        self._done = asyncio.Event()
        self.wanted = sys.maxsize

    async def come(self) -> None:
        wire = ClientProtocol(parse_uri(f"ws://127.0.0.1:{self._port}/api/v1/ws"))
        asked = wire.connect()
        for name, value in self._headers.items():
            asked.headers[name] = value
        wire.send_request(asked)
        hello = b"".join(wire.data_to_send())
        loop = asyncio.get_running_loop()
        for _ in range(CLIENTS):
            _, client = await loop.create_connection(
                lambda: Client(self, hello), "127.0.0.1", self._port
            )
            self._clients.append(client)

    def shaken(self, client: Client) -> None:
        if self._first:
            client.transport.write(self._first)

    async def expect(self, size: int) -> None:
        """Until each has got so many bytes; the time is measured by the caller."""
        self.wanted, self._left = size, set(self._clients)
        self._done.clear()
        for client in self._clients:
            client.got = 0
        await self._done.wait()

    async def frame_size(self, say: Say) -> int:
        """The size of one frame, once every client listens and nothing is on its way any more."""
        while not all(client.got for client in self._clients):
            await say(1)
            await asyncio.sleep(0.2)
        before = -1
        while before != (before := sum(c.got for c in self._clients)):  # noqa: ASYNC110
            await asyncio.sleep(1)
        return self._clients[0].frame_size

    def has_all(self, client: Client) -> None:
        self._left.discard(client)
        if not self._left:
            self._done.set()

    def go(self) -> None:
        for client in self._clients:
            client.transport.abort()


async def _timed(crowd: Crowd, say: Say, *, count: int, size: int) -> float:
    waiting = asyncio.ensure_future(crowd.expect(count * size))
    await asyncio.sleep(0)
    began = time.perf_counter()
    _, _ = await asyncio.gather(waiting, say(count))
    return time.perf_counter() - began


async def _round(crowd: Crowd, say: Say, http: AppClient, frames: int) -> Round:
    size = await crowd.frame_size(say)
    last = [await _timed(crowd, say, count=1, size=size) * 1000 for _ in range(SINGLES)]
    asking = asyncio.ensure_future(_ask(http))
    took = await _timed(crowd, say, count=frames, size=size)
    asking.cancel()
    times = (await asyncio.gather(asking, return_exceptions=True))[0]
    shown = times if isinstance(times, list) else []
    return Round(frames * CLIENTS / took, last, shown, size)


async def _ask(http: AppClient) -> list[float]:
    """How long plain requests take meanwhile."""
    times: list[float] = []
    try:
        while True:
            began = time.perf_counter()
            await http.get("/healthz")
            times.append((time.perf_counter() - began) * 1000)
            await asyncio.sleep(0.005)
    except asyncio.CancelledError:
        return times


async def _ours(serving: instance.Serving, dsn: str, frames: int) -> Round:
    said = b'{"type":"subscribe","topics":["deliveries"]}'
    first = Frame(Opcode.TEXT, said).serialize(mask=True)
    async with instance.sql(dsn) as db, instance.administrator(serving.url, db) as admin:

        async def say(count: int) -> None:
            await db.execute(_SAY, count, TEXT)
            await db.execute(_WAKE)

        headers = {"Cookie": admin.headers["Cookie"], "Origin": serving.url}
        crowd = Crowd(serving.port, headers, first)
        await crowd.come()
        found = await _round(crowd, say, admin, frames)
        crowd.go()
    return found


async def _asgi(port: int, frames: int, size: int) -> Round:
    body = b"x" * (size - 4)  # a frame of this length has a head of four bytes
    async with AppClient(f"http://127.0.0.1:{port}") as client:

        async def say(count: int) -> None:
            await client.post(f"/say?{count}", data=body)

        crowd = Crowd(port, {}, b"")
        await crowd.come()
        found = await _round(crowd, say, client, frames)
        crowd.go()
    return found


async def measure(*, pairs: int, frames: int) -> Found:
    """So many pairs of rounds; `frames` to each client in a round."""
    found = Found()
    with (
        tempfile.TemporaryDirectory() as folder,
        Server(Path(folder)) as server,
        instance.serving(Path(folder), role="web") as serving,
    ):
        first, *_, last = sorted(os.sched_getaffinity(0)) * 2
        os.sched_setaffinity(serving.pid, {first})
        os.sched_setaffinity(0, {last})
        async with instance.sql(server.dsn) as db:
            await db.execute(_LONG_IDS)
        port = peers.free_port()
        with peers.running([sys.executable, str(FAN_OUT), str(port), str(first)], port):
            for _ in range(pairs):
                ours = await _ours(serving, server.dsn, frames)
                found.ours.append(ours)
                found.asgi.append(await _asgi(port, max(frames // 10, 1), ours.frame_bytes))
    return found


def main() -> None:
    frames = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    found = uvloop.run(measure(pairs=3, frames=frames))
    for name, rounds in (("ours", found.ours), ("ASGI", found.asgi)):
        for each in rounds:
            last, http = sorted(each.last_ms), sorted(each.http_ms)
            sys.stdout.write(
                f"{name}: {each.per_s:,.0f} frames/s of {each.frame_bytes} bytes; last of "
                f"{CLIENTS} after {statistics.median(last):.1f} ms (worst {last[-1]:.1f}); HTTP "
                f"meanwhile {statistics.median(http):.1f} ms (worst {http[-1]:.1f})\n"
            )
    sys.stdout.write(f"ratio {found.ratio():.2f}\n")


if __name__ == "__main__":
    main()
