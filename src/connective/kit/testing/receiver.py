"""A partner's HTTP server played by a script: answers as told, remembers what it was sent."""

import asyncio
import contextlib
import json
import socket
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Self

from aiohttp import web

PATIENCE_S = 60.0


@dataclass(frozen=True)
class Received:
    """One request as it came."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Reply:
    """What to do with a request.

    `after`: wait for this event first. `drip`: chunks sent one by one, each after `drip_next`
    is released (or every `drip_every` seconds). `cut`: end the connection instead of answering:
    `reset` at once, `half` in the middle of the body. `raw`: these bytes instead of HTTP.
    """

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b"{}"
    after: asyncio.Event | None = None
    drip: Sequence[bytes] = ()
    drip_every: float | None = None
    cut: Literal["reset", "half"] | None = None
    raw: bytes | None = None


class Receiver:
    """Listens on an ephemeral loopback port. Without a script it answers 200 `{}`."""

    def __init__(self, place: tuple[str, int] = ("127.0.0.1", 0)) -> None:
        self._place = place
        self.requests: list[Received] = []
        self.default = Reply()
        self.drip_next = asyncio.Semaphore(0)
        self.port = 0
        self.host = "127.0.0.1"
        self._script: dict[str | None, list[Reply]] = {}
        self._arrived = asyncio.Condition()
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    def answer(
        self,
        status: int = 200,
        json_body: Any = None,
        *,
        path: str | None = None,
        times: int = 1,
        headers: Mapping[str, str] | None = None,
        **how: Any,
    ) -> None:
        """Script the next answers: for one path, or for any path that has no script of its own.

        `how` are the other fields of `Reply`.
        """
        if json_body is not None:
            how["body"] = json.dumps(json_body).encode()
            headers = {"Content-Type": "application/json", **(headers or {})}
        reply = Reply(status=status, headers=headers or {}, **how)
        self._script.setdefault(path, []).extend([reply] * times)

    def always(self, status: int = 200, json_body: Any = None, **how: Any) -> None:
        """What every request gets that no script is left for."""
        if json_body is not None:
            how["body"] = json.dumps(json_body).encode()
            how["headers"] = {"Content-Type": "application/json", **how.get("headers", {})}
        self.default = Reply(status=status, **how)

    async def wait_for(self, count: int, *, within: float = PATIENCE_S) -> list[Received]:
        """Wait until so many requests have come in all; gives them."""
        async with asyncio.timeout(within), self._arrived:
            await self._arrived.wait_for(lambda: len(self.requests) >= count)
        return list(self.requests)

    def forget(self) -> None:
        """Forget the requests and the script so far."""
        self.requests.clear()
        self._script.clear()
        self.default = Reply()

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_route("*", "/{rest:.*}", self._take)
        # with 0 it would wait for ever for an answer that a failed test holds back
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.01)
        await self._runner.setup()
        listener = socket.create_server(self._place, backlog=1024)
        self.port = listener.getsockname()[1]
        await web.SockSite(self._runner, listener).start()
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    async def _take(self, request: web.Request) -> web.StreamResponse:
        received = Received(
            method=request.method,
            path=request.path,
            query=request.query_string,
            headers=request.headers.copy(),
            body=await request.read(),
        )
        reply = self.choose(received)
        async with self._arrived:
            self.requests.append(received)
            self._arrived.notify_all()
        if reply.after is not None:
            await reply.after.wait()
        if reply.raw is not None or reply.cut == "reset":
            return _off_script(request, reply)
        if reply.drip:
            return await self._drip(request, reply)
        if reply.cut == "half":
            return await _half(request, reply)
        return web.Response(status=reply.status, headers=reply.headers, body=reply.body)

    def choose(self, received: Received) -> Reply:
        """The reply to a request; a receiver with a mind of its own overrides it."""
        for key in (received.path, None):
            if self._script.get(key):
                return self._script[key].pop(0)
        return self.default

    async def _drip(self, request: web.Request, reply: Reply) -> web.StreamResponse:
        response = web.StreamResponse(status=reply.status, headers=reply.headers)
        await response.prepare(request)
        for chunk in reply.drip:
            if reply.drip_every is None:
                await self.drip_next.acquire()
            else:
                await asyncio.sleep(reply.drip_every)
            with contextlib.suppress(ConnectionResetError):  # the caller may have left
                await response.write(chunk)
        with contextlib.suppress(ConnectionResetError):
            await response.write_eof()
        return response


async def _half(request: web.Request, reply: Reply) -> web.StreamResponse:
    response = web.StreamResponse(status=reply.status, headers=reply.headers)
    response.content_length = len(reply.body)
    await response.prepare(request)
    await response.write(reply.body[: len(reply.body) // 2])
    if request.transport is not None:
        request.transport.close()
    return response


def _off_script(request: web.Request, reply: Reply) -> web.StreamResponse:
    transport = request.transport
    if transport is not None and not transport.is_closing():
        if reply.raw is not None:
            transport.write(reply.raw)
            transport.close()
        else:
            # a reset instead of an orderly end
            transport.get_extra_info("socket").setsockopt(
                socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)
            )
            transport.abort()
    return web.Response()
