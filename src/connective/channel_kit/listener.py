"""Our own listener: takes what the other side posts, answers as the check wants, serves files."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any, Self, TypeVar

import msgspec
import uvicorn
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from connective.channel_kit.caller import Exchange, Notes, excerpt, masked
from connective.kit import clock

FoundT = TypeVar("FoundT")
PIECE = b"\0" * 65536
GRACE_S = 1


class Received(msgspec.Struct, frozen=True, kw_only=True):
    """A post as it came; `at` is the loop's time in seconds."""

    path: str
    headers: dict[str, str]
    body: bytes
    at: float

    @property
    def json(self) -> Any:
        """The body; None where it is no JSON."""
        try:
            return msgspec.json.decode(self.body)
        except msgspec.DecodeError:
            return None

    def items(self) -> list[dict[str, Any]]:
        """The objects of the body: one, or those of an array."""
        found = self.json
        several = found if isinstance(found, list) else [found]
        return [item for item in several if isinstance(item, dict)]


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """What a post is answered."""

    status: int = 200
    body: Any = {}


class File(msgspec.Struct, kw_only=True):
    """A file of zeros that we serve; a closed `gate` holds its bytes back."""

    size: int
    mime: str
    gate: asyncio.Event
    asked: int = 0


Answer = Callable[[Received], Reply]


class Listener:
    """Listens while the block is open; `answer` is what the running check says to each post."""

    def __init__(self, host: str, port: int, notes: Notes, *, public_url: str = "") -> None:
        self.received: list[Received] = []
        self.usual: Answer = lambda _: Reply()
        self.answer: Answer | None = None
        self.files: dict[str, File] = {}
        self._notes = notes
        self._changed = asyncio.Condition()
        self._socket = socket.create_server((host, port), backlog=256)
        self._public_url = public_url
        self._server: _Server | None = None
        self._serving: asyncio.Task[None] | None = None

    @property
    def url(self) -> str:
        """Where the other side reaches us."""
        host, port = self._socket.getsockname()[:2]
        return self._public_url.rstrip("/") or f"http://{host}:{port}"

    async def __aenter__(self) -> Self:
        app = Starlette(
            routes=[
                Route("/files/{name}", self._file, methods=["GET"]),
                Route("/{rest:path}", self._take, methods=["POST"]),
            ]
        )
        config = uvicorn.Config(
            app,
            lifespan="off",
            ws="none",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=GRACE_S,
        )
        self._server = _Server(config)
        self._serving = asyncio.create_task(self._server.serve(sockets=[self._socket]))
        return self

    async def __aexit__(self, *_: object) -> None:
        for file in self.files.values():
            file.gate.set()
        if self._server is not None and self._serving is not None:
            self._server.should_exit = True
            await self._serving
        self._socket.close()

    @contextlib.contextmanager
    def answering(self, answer: Answer) -> Iterator[None]:
        """Let a check answer what comes meanwhile."""
        self.answer = answer
        try:
            yield
        finally:
            self.answer = None

    def file(self, name: str, size: int, mime: str, *, held: bool = False) -> str:
        """Offer a file; gives its address."""
        gate = asyncio.Event()
        if not held:
            gate.set()
        self.files[name] = File(size=size, mime=mime, gate=gate)
        return f"{self.url}/files/{name}"

    async def until(self, look: Callable[[], FoundT | None], within_s: float) -> FoundT | None:
        """The first thing that `look` finds, tried at once and after each post; None: too late."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(within_s), self._changed:
                while (found := look()) is None:
                    await self._changed.wait()
                return found
        return None

    async def _take(self, request: Request) -> Response:
        try:
            body = await request.body()
        except ClientDisconnect:
            return Response(status_code=400)
        received = Received(
            path=request.url.path,
            headers={name.lower(): value for name, value in request.headers.items()},
            body=body,
            at=asyncio.get_running_loop().time(),
        )
        reply = (self.answer or self.usual)(received)
        self._note(received, reply)
        async with self._changed:
            self.received.append(received)
            self._changed.notify_all()
        return JSONResponse(reply.body, status_code=reply.status)

    def _note(self, received: Received, reply: Reply) -> None:
        self._notes.add(
            Exchange(
                at=clock.rfc3339(clock.now()),
                incoming=True,
                call=f"POST {received.path}",
                headers=masked(received.headers),
                body=excerpt(received.body),
                status=reply.status,
                answer=excerpt(msgspec.json.encode(reply.body)),
            )
        )

    async def _file(self, request: Request) -> Response:
        file = self.files.get(request.path_params["name"])
        if file is None:
            return Response(status_code=404)
        file.asked += 1
        async with self._changed:
            self._changed.notify_all()
        return StreamingResponse(
            _pieces(file), media_type=file.mime, headers={"content-length": str(file.size)}
        )


async def _pieces(file: File) -> AsyncIterator[bytes]:
    await file.gate.wait()
    left = file.size
    while left > 0:
        yield PIECE[:left]
        left -= len(PIECE)


class _Server(uvicorn.Server):
    """Leaves signals to the command."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
