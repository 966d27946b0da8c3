"""Crowds of connections: who waits gives way, who is busy stays, who finds no place is told."""

import asyncio
import json
import resource
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import pytest_asyncio

from connective.kit.http import places
from connective.kit.http.places import MOST, SHARE, Places
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.people import Person
from connective.kit.testing.polling import polled
from connective.kit.testing.server import RunningApp
from connective.kit.testing.wire import Wire

pytestmark = pytest.mark.proves("P-04", part="crowds of connections")
ASK = b"GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n"
Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]
Open = Callable[..., Awaitable[Line]]


class Guest:
    """Notes that it was sent away."""

    def __init__(self) -> None:
        self.is_gone = False

    def give_up(self) -> None:
        self.is_gone = True


def test_the_one_who_waits_the_longest_gives_way_and_who_is_busy_never_does() -> None:
    house = Places(3)
    guests = [Guest() for _ in range(3)]
    for guest in guests:
        assert house.is_there_one(3)
        house.wait(guest)
    house.keep(guests[0])  # asks something
    assert house.is_there_one(4)
    assert [guest.is_gone for guest in guests] == [False, True, False]
    house.keep(guests[2])
    assert not house.is_there_one(4)
    house.wait(guests[0])  # has his answer
    assert house.is_there_one(4)
    assert [guest.is_gone for guest in guests] == [True, True, False]


@pytest.mark.parametrize(
    ("soft", "hard", "raised", "most"),
    [
        (1024, 4096, 4096, round(4096 * SHARE)),
        (4096, 4096, None, round(4096 * SHARE)),
        (256, resource.RLIM_INFINITY, round(MOST / SHARE), MOST),
        (1_000_000, 1_000_000, None, MOST),
        (resource.RLIM_INFINITY, resource.RLIM_INFINITY, None, MOST),
    ],
)
def test_a_process_takes_the_descriptors_that_it_may_have_and_keeps_some_for_itself(
    monkeypatch: pytest.MonkeyPatch, soft: int, hard: int, raised: int | None, most: int
) -> None:
    told: list[tuple[int, int]] = []
    monkeypatch.setattr(resource, "getrlimit", lambda _: (soft, hard))
    monkeypatch.setattr(resource, "setrlimit", lambda _, both: told.append(both))
    monkeypatch.setattr(places.places, "most", 0)
    places.make_room()
    assert told == ([] if raised is None else [(raised, hard)])
    assert places.places.most == most


@pytest_asyncio.fixture
async def few(server: RunningApp, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[int]:
    """A process with a handful of places."""
    monkeypatch.setattr(places.places, "most", server.connections + 4)
    monkeypatch.setattr(places, "TOLD", 1)
    yield 4


@pytest_asyncio.fixture
async def line(server: RunningApp) -> AsyncIterator[Open]:
    """Opens connections; they end with the test."""
    writers: list[asyncio.StreamWriter] = []

    async def opened(said: bytes = b"") -> Line:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writers.append(writer)
        writer.write(said)
        return reader, writer

    yield opened
    for writer in writers:
        writer.close()


async def heard(one: Line, *, until: bytes = b"") -> bytes:
    """What is said: to the end, or so far."""
    async with asyncio.timeout(20):
        return await (one[0].readuntil(until) if until else one[0].read())


@pytest.mark.usefixtures("few")
async def test_who_only_waits_keeps_nobody_out(line: Open) -> None:
    idle = [await line(said) for said in (b"", b"GET / HT", ASK, b"") * 5]
    late = await line(ASK)
    assert (await heard(late, until=b"\r\n")).startswith(b"HTTP/1.1 200")
    assert await heard(idle[0]) == b""


async def test_who_finds_no_place_is_told_and_the_busy_go_on(
    server: RunningApp, few: int, admin: Person, line: Open
) -> None:
    wires = [await Wire.open(admin.client, "requests") for _ in range(few)]
    taken = server.connections
    told = await line(ASK)
    head, _, body = (await heard(told)).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 503 ")
    assert b"retry-after: 2" in head
    refusal = json.loads(body)
    assert (refusal["status"], refusal["code"]) == (503, "no_place")
    assert "connections" in refusal["detail"]
    # those beyond the few who are told are hung up on at once
    silent = await line()
    dropped = [await line() for _ in range(3)]
    for one in dropped:
        assert await heard(one) == b""
    silent[1].write(ASK)
    assert (await heard(silent)).startswith(b"HTTP/1.1 503 ")
    await wires[1].subscribe("no such topic")
    assert await wires[1].code() == 4403  # whoever was in is answered as ever

    async def is_served() -> bool:
        answer = await heard(await line(ASK), until=b"\r\n")
        return answer.startswith(b"HTTP/1.1 200")

    await polled(is_served)
    assert server.connections <= taken + places.TOLD


async def test_the_refusal_is_in_the_shape_of_every_other(
    server: RunningApp, app: AppClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places.places, "most", 0)
    answer = await app.another().get("/api/v1/bots")
    assert (answer.status, answer.headers["Content-Type"]) == (503, "application/problem+json")
    assert answer.headers["Retry-After"] == "2"
    assert {"type", "title", "status", "detail", "code", "errors"} <= set(answer.json)
