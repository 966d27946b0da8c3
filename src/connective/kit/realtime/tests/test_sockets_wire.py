"""Frames on the wire: pieces, sizes, pings, readers who do not read, the end of the server."""

import asyncio
import contextlib
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
import pytest_asyncio
from websockets.client import ClientProtocol
from websockets.frames import Frame, Opcode
from websockets.uri import parse_uri

from connective.kit.context import unit_of_work
from connective.kit.loops import Running
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.moving_clock import MovingClock
from connective.kit.testing.people import Person
from connective.kit.testing.polling import polled
from connective.kit.testing.server import RunningApp, listen
from connective.kit.testing.wire import PATH, Wire

pytestmark = pytest.mark.proves("P-05", part="sockets")
NARROW = 4096
LARGE = "x" * 20_000
MANY = 150


class Raw:
    """A client that reads only when it is told to, through a narrow window."""

    def __init__(self, sock: socket.socket, wire: ClientProtocol) -> None:
        self.sock = sock
        self.wire = wire

    @classmethod
    async def open(cls, app: AppClient, cookie: str) -> "Raw":
        loop = asyncio.get_running_loop()
        sock = socket.socket()
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, NARROW)
        sock.setblocking(False)
        address = app.url.removeprefix("http://")
        await loop.sock_connect(sock, (address.partition(":")[0], int(address.partition(":")[2])))
        wire = ClientProtocol(parse_uri(f"ws://{address}{PATH}"))
        asked = wire.connect()
        asked.headers["Cookie"], asked.headers["Origin"] = cookie, app.url
        wire.send_request(asked)
        raw = cls(sock, wire)
        await raw.flush()
        while not wire.events_received():
            await raw.read()
        return raw

    async def flush(self) -> None:
        loop = asyncio.get_running_loop()
        for data in self.wire.data_to_send():
            await loop.sock_sendall(self.sock, data)

    async def read(self) -> bool:
        data = await asyncio.get_running_loop().sock_recv(self.sock, 65536)
        if data:
            self.wire.receive_data(data)
        else:
            self.wire.receive_eof()
        return bool(data)

    async def say(self, **frame: Any) -> None:
        self.wire.send_text(json.dumps(frame).encode())
        await self.flush()

    async def events(self, count: int) -> list[dict[str, Any]]:
        """So many frames of events."""
        found: list[dict[str, Any]] = []
        while len(found) < count:
            await self.read()
            found.extend(
                json.loads(bytes(frame.data))
                for frame in self.wire.events_received()
                if isinstance(frame, Frame) and frame.opcode is Opcode.TEXT
            )
        return found

    async def code(self) -> int | None:
        while await self.read():
            if self.wire.close_rcvd is not None:
                return self.wire.close_rcvd.code
        return None


Open = Callable[[], Awaitable[Raw]]


@pytest_asyncio.fixture
async def raw(app: AppClient, admin: Person) -> AsyncIterator[Open]:
    """Opens raw sockets of the administrator."""
    opened = []

    async def one() -> Raw:
        opened.append(await Raw.open(app, admin.client.headers["Cookie"]))
        return opened[-1]

    yield one
    for client in opened:
        client.sock.close()


async def warn(count: int, name: str = "CRM") -> None:
    """So many events of the topic `deliveries`."""
    async with unit_of_work() as ctx:
        for number in range(count):
            ctx.emit("webhook.warned", {"endpoint_id": number, "name": name})


async def metric(app: AppClient, name: str) -> float:
    text = (await app.get("/metrics")).text
    found = [line for line in text.splitlines() if line.startswith(name + " ")]
    return float(found[0].rpartition(" ")[2]) if found else 0.0


async def test_a_frame_may_come_in_pieces(raw: Open) -> None:
    client = await raw()
    whole = json.dumps({"type": "subscribe", "topics": ["deliveries"], "since": 0}).encode()
    client.wire.send_text(whole[:9], fin=False)
    await client.flush()
    client.wire.send_ping(b"between")
    client.wire.send_continuation(whole[9:20], fin=False)
    client.wire.send_continuation(whole[20:], fin=True)
    await client.flush()
    await warn(1)
    (event,) = await client.events(1)
    assert (event["type"], event["kind"]) == ("event", "webhook.warned")
    assert set(event) == {"type", "id", "kind", "data"}


@pytest.mark.parametrize("pieces", [1, 4])
async def test_a_frame_over_sixteen_kilobytes_is_refused(raw: Open, pieces: int) -> None:
    client = await raw()
    client.wire.send_text(b"x" * (17 * 1024 // pieces), fin=pieces == 1)
    for number in range(1, pieces):
        client.wire.send_continuation(b"x" * (17 * 1024 // pieces), fin=number == pieces - 1)
    await client.flush()
    assert await client.code() == 1009


@pytest.mark.parametrize(
    "said",
    [
        "{",
        "[]",
        '{"type":"shout"}',
        '{"type":"auth"}',
        '{"type":"subscribe"}',
        '{"type":"subscribe","topics":[]}',
        '{"type":"subscribe","topics":["bots"],"since":-1}',
    ],
)
async def test_what_is_no_frame_of_ours_is_refused_with_4400(admin: Person, said: str) -> None:
    wire = await Wire.open(admin.client)
    await wire.socket.send_str(said)
    assert await wire.code() == 4400


async def test_binary_frames_are_refused(admin: Person) -> None:
    wire = await Wire.open(admin.client)
    await wire.socket.send_bytes(b"\x00")
    assert await wire.code() == 1003


async def test_a_flood_of_frames_ends_the_socket(raw: Open) -> None:
    client = await raw()
    for _ in range(200):
        client.wire.send_text(b'{"type":"subscribe","topics":["bots"]}')
    await client.flush()
    assert await client.code() == 1008


async def test_every_twenty_seconds_a_ping_comes_and_a_silent_client_is_given_up(
    moving_clock: MovingClock, admin: Person, raw: Open, app: AppClient
) -> None:
    wire, silent = await Wire.open(admin.client, "deliveries"), await raw()
    await silent.say(type="subscribe", topics=["deliveries"], since=0)
    await warn(1)
    await wire.next()
    await silent.events(1)
    name = 'connective_socket_cut_offs_total{why="silent"}'
    before = await metric(app, name)
    moving_clock.advance(20)
    assert (await wire.socket.receive(timeout=10)).data == '{"type":"ping"}'
    await wire.say(type="pong")
    await warn(1)
    await wire.next()
    assert await metric(app, name) == before
    moving_clock.advance(20)
    assert (await wire.socket.receive(timeout=10)).data == '{"type":"ping"}'
    await warn(1)
    await wire.next()
    assert await metric(app, name) == before + 1


async def paused(server: RunningApp) -> bool:
    return any(connection.paused for connection in server.asgi.state.realtime.protocol.open)


async def test_a_slow_reader_is_cut_off_and_delays_nobody(
    moving_clock: MovingClock, admin: Person, raw: Open, app: AppClient, server: RunningApp
) -> None:
    wire, slow = await Wire.open(admin.client, "deliveries"), await raw()
    await slow.say(type="subscribe", topics=["deliveries"], since=0)
    name = 'connective_socket_cut_offs_total{why="slow"}'
    before = await metric(app, name)
    await warn(MANY, LARGE)
    heard = [await wire.next() for _ in range(MANY)]
    assert [frame["data"]["endpoint_id"] for frame in heard] == list(range(MANY))
    await polled(lambda: paused(server))
    moving_clock.advance(9)
    await warn(1)
    await wire.next()
    assert await metric(app, name) == before
    moving_clock.advance(2)

    async def cut_off() -> bool:
        return await metric(app, name) == before + 1

    await polled(cut_off)
    await warn(1)
    await wire.next()


async def test_a_reader_who_stops_for_a_while_misses_nothing(raw: Open, server: RunningApp) -> None:
    client = await raw()
    await client.say(type="subscribe", topics=["deliveries"], since=0)
    await warn(MANY, LARGE)
    await polled(lambda: paused(server))
    for _ in range(3):
        await warn(MANY)
    heard = await client.events(4 * MANY)
    numbers = [frame["id"] for frame in heard]
    assert numbers == sorted(set(numbers))
    assert [f["data"]["endpoint_id"] for f in heard] == list(range(MANY)) * 4


@contextlib.asynccontextmanager
async def sockets_alone(app: Any) -> AsyncIterator[None]:
    """A second application over the connections that the process has already."""
    running = Running(app.state.realtime.loops())
    running.start()
    yield
    await running.stop(5)


async def test_two_servers_in_one_process_serve_their_own_sockets_and_say_when_they_stop(
    db: Any, create_app: Callable[..., Any], settings: Any, server: RunningApp, admin: Person
) -> None:
    first = await Wire.open(admin.client, "deliveries")
    cookie = admin.client.headers["Cookie"]
    with listen() as listener:
        port = listener.getsockname()[1]
        app = create_app(settings.model_copy(update={"port": port}), dsn=db.dsn)
        app.router.lifespan_context = sockets_alone
        async with AppClient(f"http://127.0.0.1:{port}") as client:
            client.headers.update(Cookie=cookie, Origin=client.url)
            async with RunningApp(app, listener) as other:
                second = await Wire.open(client, "deliveries")
                await warn(1)
                assert (await first.next())["id"] == (await second.next())["id"]
                for running in (server, other):
                    assert len(running.asgi.state.realtime.protocol.open) == 1
            assert await second.code() == 1001
    await warn(1)
    await first.next()


async def test_sockets_and_frames_are_counted(admin: Person, app: AppClient) -> None:
    sockets, frames = "connective_sockets", "connective_socket_frames_total"
    before = {name: await metric(app, name) for name in (sockets, frames)}
    wire = await Wire.open(admin.client, "deliveries")
    await warn(3)
    for _ in range(3):
        await wire.next()
    assert await metric(app, sockets) == before[sockets] + 1
    assert await metric(app, frames) == before[frames] + 3
    await wire.socket.close()

    async def gone() -> bool:
        return await metric(app, sockets) == before[sockets]

    await polled(gone)


async def test_http_goes_on_beside_open_sockets(admin: Person) -> None:
    wires = [await Wire.open(admin.client, "deliveries") for _ in range(20)]
    await warn(5)
    assert (await admin.client.get("/api/v1/bots")).status == 200
    for wire in wires:
        assert [(await wire.next())["data"]["endpoint_id"] for _ in range(5)] == list(range(5))
