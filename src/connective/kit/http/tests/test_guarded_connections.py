"""Callers who send too slowly, too much or never end: hung up on, and told why where it can be."""

import asyncio

import pytest

from connective.kit.http import guarded
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.polling import polled
from connective.kit.testing.server import RunningApp

HEAD = b"POST /api/v1/auth/login HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
LENGTH = b"Content-Length: 1000\r\n\r\n"
MUCH = b"x" * (guarded.HEAD_BYTES + 1)
SOON_S = 0.05


@pytest.fixture
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HEAD_WITHIN_S", "BODY_WITHIN_S"):
        monkeypatch.setattr(guarded, name, SOON_S)


async def heard(server: RunningApp, *pieces: bytes) -> bytes:
    """All that is said until the server hangs up; the caller never ends by himself."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    for piece in pieces:
        writer.write(piece)
    async with asyncio.timeout(20):
        answer = await reader.read()
    writer.close()
    return answer


@pytest.mark.usefixtures("_soon")
@pytest.mark.parametrize(
    "begun",
    [b"P", HEAD[:40], HEAD, HEAD + LENGTH, HEAD + LENGTH + b'{"email":'],
    ids=["a letter", "half a line", "half a head", "no body", "half a body"],
)
async def test_who_does_not_end_his_request_is_hung_up_on(server: RunningApp, begun: bytes) -> None:
    assert (await heard(server, begun)).startswith(b"HTTP/1.1 408 ")


@pytest.mark.usefixtures("_soon")
async def test_who_drips_his_body_does_not_gain_time(server: RunningApp) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(HEAD + LENGTH + b"{")
    told = asyncio.create_task(reader.read())

    async def is_hung_up_on() -> bool:
        writer.write(b" ")
        return told.done()

    async with asyncio.timeout(20):
        await polled(is_hung_up_on)
    # what he still sends may reset the connection before he has read why
    reset = isinstance(told.exception(), ConnectionResetError)
    assert reset or told.result().startswith(b"HTTP/1.1 408 ")
    writer.close()


@pytest.mark.parametrize(
    "pieces",
    [
        (HEAD + b"X: " + MUCH + b"\r\n\r\n",),
        (HEAD + b"X: ", MUCH),
        (HEAD + b"X: y\r\n" * 20_000 + b"\r\n",),
        (b"GET /" + MUCH + b" HTTP/1.1\r\nHost: h\r\n\r\n",),
    ],
    ids=["one header", "one without an end", "many headers", "an address"],
)
async def test_a_head_has_a_greatest_size(server: RunningApp, pieces: tuple[bytes, ...]) -> None:
    assert (await heard(server, *pieces)).startswith(b"HTTP/1.1 431 ")


async def test_a_long_body_is_not_a_long_head(server: RunningApp, app: AppClient) -> None:
    refused = await app.post("/api/v1/auth/login", {"email": "a", "password": "x" * len(MUCH)})
    assert refused.status == 422
    both = HEAD + b"Connection: close\r\nContent-Length: %d\r\n\r\n" % len(MUCH) + MUCH
    assert (await heard(server, both)).startswith(b"HTTP/1.1 400 ")


async def test_who_does_not_read_is_hung_up_on(
    server: RunningApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guarded, "UNREAD_S", SOON_S)
    _, writer = await asyncio.open_connection("127.0.0.1", server.port, limit=1024)
    ask = b"GET /api-docs/swagger-ui-bundle.js HTTP/1.1\r\nHost: h\r\n\r\n"
    writer.write(ask * 30)  # megabytes, of which nothing is taken

    async def is_left() -> bool:
        return not server.connections

    async with asyncio.timeout(20):
        await polled(is_left)
    writer.close()
