"""A connection that gives nobody more room or time than a request needs.

A proxy in front may have limits of its own; these hold without one.
"""

import asyncio
import functools
from http import HTTPStatus
from typing import Any, Final

import msgspec
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from connective.kit import i18n
from connective.kit.http.places import places
from connective.kit.http.problem import ProblemOut

HEAD_BYTES: Final = 64 * 1024  # the address and all headers together
HEAD_WITHIN_S: Final = 15.0
# A body has this long, and longer the more of it has come: who drips is hung up on.
BODY_WITHIN_S: Final = 30.0
SLOWEST_BYTES_PER_S: Final = 4 * 1024
# How long nothing of an answer may be taken.
UNREAD_S: Final = 60.0
# How long somebody without a place has for asking, to be told that there is none.
TURNED_AWAY_S: Final = 2.0


class _TooLarge(Exception):
    """Ends the parser's work on a head."""


class GuardedProtocol(HttpToolsProtocol):
    """uvicorn's connection with bounds on heads, on waiting for them, for bodies and readers."""

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self._is_begun = self._has_head = self._is_turned_away = False
        self._seen = 0
        self._since = 0.0
        self._watch: asyncio.TimerHandle | None = None
        self._unread: asyncio.TimerHandle | None = None

    # the transport

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        taken = len(self.connections)
        patience: float = self.timeout_keep_alive
        if places.is_there_one(taken):
            places.wait(self)
        else:
            patience = TURNED_AWAY_S if places.is_told(taken) else 0
            self._is_turned_away = True
        self.timeout_keep_alive_task = self.loop.call_later(
            patience, self.timeout_keep_alive_handler
        )

    def connection_lost(self, exc: Exception | None) -> None:
        places.keep(self)
        self._unwatch()
        self.resume_writing()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._is_turned_away:
            self._turn_away()
            return
        self._seen += len(data)
        super().data_received(data)
        if not self._is_begun or self.transport.is_closing():
            self._unwatch()
        elif not self._has_head and self._seen > HEAD_BYTES:
            self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
        elif self._watch is None:
            self._since = self.loop.time()
            self._watch = self.loop.call_later(self._allowed(), self._look)

    def handle_websocket_upgrade(self) -> None:
        self._is_begun = False
        super().handle_websocket_upgrade()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._unread = self.loop.call_later(UNREAD_S, self.transport.abort)

    def resume_writing(self) -> None:
        super().resume_writing()
        if self._unread is not None:
            self._unread.cancel()
            self._unread = None

    # the places

    def give_up(self) -> None:
        """Make room for a newcomer."""
        self._unwatch()
        self.transport.close()

    def _turn_away(self) -> None:
        if not self.transport.is_closing():
            self.transport.write(_no_place())
            self.transport.close()

    # the parser

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._is_begun, self._has_head = True, False

    def on_headers_complete(self) -> None:
        if self._seen > HEAD_BYTES and self._head_bytes() > HEAD_BYTES:
            self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
            raise _TooLarge
        self._has_head = True
        places.keep(self)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._is_begun, self._seen = False, 0
        self._unwatch()
        super().on_message_complete()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self.timeout_keep_alive_task is not None:
            places.wait(self)

    def send_400_response(self, msg: str) -> None:
        if not self.transport.is_closing():
            super().send_400_response(msg)

    # the watch

    def _head_bytes(self) -> int:
        return len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers)

    def _allowed(self) -> float:
        """Seconds from the first byte of a request until as much of it as now must have come."""
        if not self._has_head:
            return HEAD_WITHIN_S
        return BODY_WITHIN_S + self._seen / SLOWEST_BYTES_PER_S

    def _look(self) -> None:
        if self.flow.read_paused:  # it is we who keep the caller waiting
            self._since = self.loop.time()
        left = self._since + self._allowed() - self.loop.time()
        if left > 0:
            self._watch = self.loop.call_later(left, self._look)
        else:
            self._refuse(HTTPStatus.REQUEST_TIMEOUT)

    def _is_answering(self) -> bool:
        """Whether something else is being said, or is to be said before."""
        if self.cycle is None or self.cycle.response_complete:
            return False
        return self.cycle.response_started or not self._has_head

    def _unwatch(self) -> None:
        if self._watch is not None:
            self._watch.cancel()
            self._watch = None

    def _refuse(self, status: HTTPStatus) -> None:
        """Say why, where nothing else was said yet, and hang up."""
        self._unwatch()
        if self.transport.is_closing():
            return
        if not self._is_answering():
            head = b"content-length: 0\r\nconnection: close\r\n\r\n"
            self.transport.write(STATUS_LINE[status] + head)
        self.transport.close()


@functools.cache
def _no_place() -> bytes:
    """What somebody is told who finds no place, before it is known what he asks and in what words.

    The shape is that of every refusal.
    """
    status, code = HTTPStatus.SERVICE_UNAVAILABLE, "no_place"
    title, detail = i18n.text("en", f"titles.{status:d}"), i18n.text("en", f"errors.{code}")
    kind = f"urn:connective:problem:{code}"
    body = msgspec.json.encode(ProblemOut(kind, title, status, detail, code, [], ""))
    head = b"content-type: application/problem+json\r\nretry-after: 2\r\nconnection: close\r\n"
    return STATUS_LINE[status] + head + b"content-length: %d\r\n\r\n" % len(body) + body
