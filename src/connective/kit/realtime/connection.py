"""One WebSocket: a protocol of uvicorn's own loop and port, without ASGI between the frames."""

import asyncio
import logging
import socket
from http import HTTPStatus
from typing import Any, ClassVar

from starlette.requests import Request
from websockets.frames import Frame, Opcode
from websockets.http11 import Request as Handshake
from websockets.protocol import State
from websockets.server import ServerProtocol

from connective.kit import clock, instance, outside_json
from connective.kit.http import origin, rate
from connective.kit.http.address import client_address, counted
from connective.kit.realtime import frames, gauges
from connective.kit.realtime.door import Door, Guest
from connective.kit.realtime.frames import Pong
from connective.kit.realtime.hub import Hub
from connective.kit.realtime.signs import Signs
from connective.kit.realtime.stream import Stream
from connective.kit.realtime.talk import FromCookie, Talk

PATH = "/api/v1/ws"
LARGEST = 16 * 1024
PARTS_AT_MOST = 64
# Sockets of this process that nobody has come in by yet.
STRANGERS_AT_MOST = 4000
# Sockets that one address opens in a minute: a house whose pages all come back has fewer.
OPENED_AT_MOST = 3000
AUTH_WITHIN_S = 10.0
PING_EVERY_S = 20.0
SLOW_S = 10.0
CLOSE_WITHIN_S = 2.0
# What may wait for a slow reader in the kernel, and the same here, beside one batch.
BUFFER = 256 * 1024
openings = rate.Limiter()
_wire = logging.getLogger(f"{__name__}.wire")
_wire.setLevel(logging.WARNING)


class Connection(asyncio.Protocol):
    """Made by uvicorn for each request to upgrade, which it hands over as bytes."""

    hub: ClassVar[Hub]
    door: ClassVar[Door]
    signs: ClassVar[Signs]
    open: ClassVar[set["Connection"]]

    def __init__(self, config: Any, server_state: Any, app_state: Any, _loop: Any = None) -> None:
        self._served = server_state.connections
        self._wire = ServerProtocol(max_size=LARGEST, logger=_wire)
        self._transport: Any = None
        self.address = ""
        self._parts: list[bytes] = []
        self.talk = Talk(self, hub=self.hub, door=self.door, signs=self.signs)
        self._closing: asyncio.TimerHandle | None = None
        self._deadline = clock.monotonic() + AUTH_WITHIN_S
        self._next_ping = clock.monotonic() + PING_EVERY_S
        self._unanswered = False
        self._paused_at: float | None = None

    @property
    def guest(self) -> Guest | None:
        return self.talk.guest

    @property
    def stream(self) -> Stream | None:
        return self.talk.stream

    # asyncio.Protocol

    def connection_made(self, transport: Any) -> None:
        self._transport = transport
        transport.set_write_buffer_limits(high=BUFFER)
        sock = transport.get_extra_info("socket")
        if sock is not None and sock.family != socket.AF_UNIX:
            # the kernel would take megabytes for each slow reader
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, BUFFER)
        self._served.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self._served.discard(self)
        if self in self.open:
            self.open.discard(self)
            gauges.sockets.dec()
        self.talk.end()
        if self._closing is not None:
            self._closing.cancel()

    def data_received(self, data: bytes) -> None:
        self._unanswered = False
        self._wire.receive_data(data)
        for event in self._wire.events_received():
            if isinstance(event, Handshake):
                self._shake_hands(event)
            elif isinstance(event, Frame):
                self._take(event)
        self._flush()

    def eof_received(self) -> None:
        self._wire.receive_eof()
        self._flush()

    def pause_writing(self) -> None:
        self._paused_at = clock.monotonic()

    def resume_writing(self) -> None:
        self._paused_at = None
        if self.stream is not None:
            self.hub.resumed(self.stream)

    # uvicorn

    def shutdown(self) -> None:
        """The server stops."""
        if self.is_open:
            self._wire.send_close(frames.GOING_AWAY)
            self._flush()
        self.talk.end()
        if self.paused:
            self._transport.abort()
        else:
            self._transport.close()

    # the stream's outlet

    @property
    def paused(self) -> bool:
        return self._paused_at is not None

    def write(self, data: bytes, count: int) -> None:
        if self.is_open and not self._transport.is_closing():
            gauges.sent.inc(count)
            self._transport.write(data)

    def hears(self, topic: str) -> bool:
        return self.is_open and self.stream is not None and topic in self.stream.spans

    def lose(self, topics: frozenset[str]) -> None:
        self.talk.lose(topics)

    # the keeper

    def tick(self, present: float) -> None:
        """What time brings: the end of patience, a ping."""
        if not self.is_open:
            return
        if self.guest is None and not self.talk.busy and present >= self._deadline:
            self.close(frames.UNAUTHORIZED, "auth_timeout")
        elif self._paused_at is not None and present >= self._paused_at + SLOW_S:
            self._cut_off("slow")
        elif present >= self._next_ping:
            if self._unanswered:
                self._cut_off("silent")
                return
            self._unanswered = True
            self._next_ping = present + PING_EVERY_S
            if not self.paused:
                self._transport.write(frames.PING)

    def close(self, code: int, reason: str) -> None:
        """Say why and wait a moment for the client to hang up."""
        if self.is_open:
            gauges.cut_off.labels(reason).inc()
            self._wire.send_close(code, reason)
            self._flush()
            self.talk.end()
            self._hang_up_soon()

    def _cut_off(self, why: str) -> None:
        gauges.cut_off.labels(why).inc()
        self.talk.end()
        self._transport.abort()

    @property
    def is_open(self) -> bool:
        return self._wire.state is State.OPEN

    def _hang_up_soon(self) -> None:
        loop = asyncio.get_running_loop()
        self._closing = loop.call_later(CLOSE_WITHIN_S, self._transport.abort)

    def _flush(self) -> None:
        for data in self._wire.data_to_send():
            if data:
                self._transport.write(data)
            else:
                self.talk.end()
                self._finish()

    def _finish(self) -> None:
        """Hang up, after the client where it has not heard the reason yet.

        Closing over unread bytes would reset the connection and lose our last frame.
        """
        if self._wire.parser_exc is None or self._wire.close_sent is None:
            self._transport.close()
        elif not self._transport.is_closing():
            self._transport.write_eof()
            self._hang_up_soon()

    # the handshake

    def _shake_hands(self, asked: Handshake) -> None:
        if asked.path.partition("?")[0] != PATH:
            self._refuse(HTTPStatus.NOT_FOUND)
            return
        request = self._as_request(asked)
        named, ours = "origin" in request.headers, origin.is_ours(request)
        if named and not ours and request.headers["origin"] not in instance.settings().cors_origins:
            self._refuse(HTTPStatus.FORBIDDEN)
            return
        if len(self.open) >= STRANGERS_AT_MOST and self._strangers() >= STRANGERS_AT_MOST:
            self._refuse(HTTPStatus.SERVICE_UNAVAILABLE)
            return
        self.address = client_address(request)
        if openings.count(counted(self.address), OPENED_AT_MOST).remaining < 0:
            self._refuse(HTTPStatus.TOO_MANY_REQUESTS)
            return
        response = self._wire.accept(asked)
        self._wire.send_response(response)
        if response.status_code != HTTPStatus.SWITCHING_PROTOCOLS:
            return
        self.open.add(self)
        gauges.sockets.inc()
        cookie = request.cookies.get(self.door.cookie)
        # a page that brings a token must not be taken for whoever else is signed in here
        by_token = asked.path.endswith("?by=token")
        if ours and cookie and not by_token:
            self.talk.hear(FromCookie(cookie))

    def _strangers(self) -> int:
        return sum(1 for each in self.open if each.guest is None)

    def _as_request(self, asked: Handshake) -> Request:
        headers = [
            (name.lower().encode("latin-1"), value.encode("latin-1"))
            for name, value in asked.headers.raw_items()
        ]
        peer = self._transport.get_extra_info("peername")
        client = (str(peer[0]), int(peer[1])) if isinstance(peer, tuple | list) else None
        return Request({"type": "http", "headers": headers, "client": client})

    def _refuse(self, status: HTTPStatus) -> None:
        self._wire.send_response(self._wire.reject(status, f"{status.phrase}\n"))

    # what the client says

    def _take(self, frame: Frame) -> None:
        if not self.is_open:
            return
        if frame.opcode is Opcode.BINARY:
            self.close(frames.TEXT_ONLY, "text_only")
        elif frame.opcode in (Opcode.TEXT, Opcode.CONT):
            self._parts.append(bytes(frame.data))
            if len(self._parts) > PARTS_AT_MOST:
                self.close(frames.TOO_MUCH, "too_much")
            elif frame.fin:
                whole, self._parts = b"".join(self._parts), []
                self._decode(whole)

    def _decode(self, whole: bytes) -> None:
        try:
            said = frames.decode(whole)
        except outside_json.FAULTS:
            self.close(frames.BAD_FRAME, "bad_frame")
            return
        if not isinstance(said, Pong):
            self.talk.hear(said)
