"""A plain route gives the same answer directly as through the application, whatever is sent."""

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
import uvicorn
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from connective.kit import errors
from connective.kit.http.direct import DirectProtocol
from connective.kit.http.guarded import GuardedProtocol
from connective.kit.http.plain import PlainRoutes
from connective.kit.testing.server import listen

CHANGING = re.compile(rb"(?im)^date: .*\r\n|^x-request-id: \w{16}\r\n")
POST = b"POST /things/%s HTTP/1.1\r\nHost: h\r\nContent-Length: %d\r\n%s\r\n%s"
LONG = b"x" * 100_000
LIMIT = 200_000


async def echo(request: Request) -> Response:
    """What came, or a refusal when the route is asked for one."""
    name = request.path_params["name"]
    if name == "refuse":
        raise errors.Conflict("conflict")
    if name == "break":
        raise ValueError("a fault of ours")
    body = await request.body()
    return Response(b"%d %s" % (len(body), name.encode()), 201, {"x-own": "yes"}, "text/plain")


async def elsewhere(scope: Any, receive: Any, send: Any) -> None:
    await Response("elsewhere", 404)(scope, receive, send)


@contextlib.asynccontextmanager
async def served(*, directly: bool) -> AsyncIterator[int]:
    """The port of a server of the route."""
    routes = [Route("/things/{name}", echo, methods=["POST", "GET"])]
    app = PlainRoutes(elsewhere, routes, {"/things": LIMIT})
    http = DirectProtocol.of(app, routes) if directly else GuardedProtocol
    with listen() as listener:
        config = uvicorn.Config(app, http=http, lifespan="off", log_config=None, access_log=False)
        config.load()
        server = uvicorn.Server(config)
        server.lifespan = config.lifespan_class(config)
        await server.startup(sockets=[listener])
        try:
            yield listener.getsockname()[1]
        finally:
            await server.shutdown(sockets=[listener])


async def said(port: int, *pieces: bytes) -> bytes:
    """All that a connection answers to pieces sent one after another, the last of which ends it."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for piece in pieces:
        writer.write(piece)
        await writer.drain()
    answer = await reader.read()
    writer.close()
    return CHANGING.sub(b"", answer)


NAMED = b"X-Request-Id: mine\r\nConnection: close\r\n"


def post(name: bytes, body: bytes = b"", more: bytes = b"Connection: close\r\n") -> bytes:
    return POST % (name, len(body), more, body)


CONVERSATIONS = {
    "a short body": [post(b"one", b"hello")],
    "no body": [post(b"one")],
    "a GET without a length": [b"GET /things/one HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"],
    "HTTP/1.0": [b"POST /things/one HTTP/1.0\r\nContent-Length: 2\r\n\r\nhi"],
    "a body in pieces": [post(b"one", b"hello")[:-3], b"llo"],
    "one after another": [post(b"one", b"a", b""), post(b"two", b"bc")],
    "two at once": [post(b"one", b"a", b"") + post(b"two", b"bc", b"") + post(b"three", b"")],
    "a refusal": [post(b"refuse", b"x", NAMED)],
    "a fault": [post(b"break", b"x", NAMED)],
    "an id of the caller's": [post(b"one", b"x", NAMED)],
    "a long body": [post(b"one", LONG)],
    "a short one behind a long one": [post(b"one", LONG, b""), post(b"two", b"x")],
    "a body announced as too long": [
        b"POST /things/one HTTP/1.1\r\nHost: h\r\nContent-Length: 200001\r\n" + NAMED + b"\r\n"
    ],
    "a body in chunks": [
        b"POST /things/one HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n" + NAMED,
        b"\r\n3\r\nabc\r\n0\r\n\r\n",
    ],
    "a wish to be told to continue": [
        post(b"one", b"hello", b"Expect: 100-continue\r\nConnection: close\r\n")
    ],
    "another method": [
        b"DELETE /things/one HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
    ],
    "only the head": [b"HEAD /things/one HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"],
    "another address": [b"POST /others HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"],
    "no HTTP": [b"hello\r\n\r\n"],
}  # fmt: skip


@pytest.mark.parametrize("name", CONVERSATIONS)
async def test_the_answer_is_that_of_the_application(name: str) -> None:
    pieces = CONVERSATIONS[name]
    async with served(directly=True) as port, served(directly=False) as usual:
        assert await said(port, *pieces) == await said(usual, *pieces)


async def test_what_a_short_request_asks_is_answered_whole() -> None:
    async with served(directly=True) as port:
        answer = await said(port, post(b"one", b"hello"))
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 201 Created\r\n")
    assert b"x-own: yes" in head
    assert b"x-content-type-options: nosniff" in head
    assert body == b"5 one"


async def test_a_caller_who_leaves_in_the_middle_spoils_nothing() -> None:
    async with served(directly=True) as port:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(post(b"one", b"hello")[:-2])
        await writer.drain()
        writer.transport.abort()
        assert b"5 one" in await said(port, post(b"one", b"hello"))
