"""Plain routes answered on uvicorn's connection itself, without ASGI between: for the hottest.

Reading, pipelining, flow control and timeouts stay uvicorn's. A request with a short body is given
to its route when the body is there, and its answer goes out in one write. Whatever is not of this
kind goes the usual way, with the same outcome.
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, cast

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route
from uvicorn.protocols.http.flow_control import HIGH_WATER_LIMIT
from uvicorn.protocols.http.httptools_impl import (
    HEADER_VALUE_RE,
    STATUS_LINE,
    RequestResponseCycle,
)

from connective.kit import clock
from connective.kit.http import middleware
from connective.kit.http.guarded import GuardedProtocol
from connective.kit.http.middleware import Header, Receive, Scope

KEPT = 4096  # addresses whose route is remembered
LONGEST_KEPT = 200
Found = tuple[Route, Mapping[str, Any]]


class DirectProtocol(GuardedProtocol):
    """A connection; `of` makes the class for an application and routes known by their address."""

    asgi: ClassVar[Any] = None
    routes: ClassVar[Sequence[Route]] = ()
    known: ClassVar[dict[tuple[str, str], Found | None]] = {}
    _waiting: tuple[RequestResponseCycle, Found] | None = None

    @classmethod
    def of(cls, asgi: Any, routes: Sequence[Route]) -> "type[DirectProtocol]":
        parts = {"asgi": asgi, "routes": routes, "known": {}}
        return type("DirectProtocolOfApp", (cls,), parts)

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        found = self._found(cycle) if app is self.app else None
        if found is None:
            # an endless answer to one who does not read is broken off, not waited for
            extensions = {"abort": self.transport.abort}
            cycle.scope["extensions"] = extensions  # type: ignore[typeddict-item]
            super()._start_asgi_task(cycle, app)
        elif cycle.more_body:
            self._waiting = cycle, found
        else:
            self._begin(cycle, found)

    def on_message_complete(self) -> None:
        super().on_message_complete()
        if self._waiting is not None and not self._waiting[0].more_body:
            whole, self._waiting = self._waiting, None
            self._begin(*whole)

    def _found(self, cycle: RequestResponseCycle) -> Found | None:
        """The plain route of a request that can go directly."""
        scope: Any = cycle.scope
        if cycle.waiting_for_100_continue or not _is_short(scope["headers"]):
            return None
        if len(scope["path"]) > LONGEST_KEPT:
            return self._search(scope)
        key = (scope["method"], scope["path"])
        if key not in self.known:
            if len(self.known) >= KEPT:
                self.known.clear()
            self.known[key] = self._search(scope)
        return self.known[key]

    def _search(self, scope: Scope) -> Found | None:
        for route in self.routes if scope["method"] != "HEAD" else ():
            match, found = route.matches(scope)
            if match is Match.FULL:
                return route, found["path_params"]
        return None

    def _begin(self, cycle: RequestResponseCycle, found: Found) -> None:
        cycle.scope["app"] = self.asgi  # type: ignore[typeddict-unknown-key]
        task = self.loop.create_task(_serve(cycle, *found))
        task.add_done_callback(self.tasks.discard)
        self.tasks.add(task)


def _is_short(headers: Sequence[Header]) -> bool:
    """Whether uvicorn reads the whole body without being asked for more."""
    for name, value in headers:
        if name == b"content-length":
            return value.isdigit() and int(value) <= HIGH_WATER_LIMIT
        if name == b"transfer-encoding":
            return False
    return True


async def _serve(cycle: RequestResponseCycle, route: Route, params: Mapping[str, Any]) -> None:
    began = clock.monotonic()
    scope = cast(Scope, cycle.scope)
    scope["route"], scope["path_params"] = route, params
    middleware.name(scope)
    request = Request(scope, cast(Receive, cycle.receive))
    request._body = bytes(cycle.body)  # noqa: SLF001 - as if it had been read
    try:
        response: Response = await route.endpoint(request)
    except Exception as failure:  # noqa: BLE001 - answered as the conventions say
        response = middleware.refusal(scope, failure)
    middleware.measure(scope, response.status_code, clock.monotonic() - began)
    if cycle.flow.write_paused and not cycle.disconnected:
        await cycle.flow.drain()
    if not cycle.disconnected:
        _write(cycle, response, middleware.with_ours(scope, response.raw_headers))


def _write(cycle: RequestResponseCycle, response: Response, headers: Sequence[Header]) -> None:
    parts = [STATUS_LINE[response.status_code]]
    for name, value in (*cycle.default_headers, *headers):
        if HEADER_VALUE_RE.search(value):
            raise RuntimeError("Invalid HTTP header value.")
        parts += name, b": ", value, b"\r\n"
    if not cycle.keep_alive:
        parts.append(b"connection: close\r\n")
    parts += b"\r\n", bytes(response.body)
    cycle.transport.write(b"".join(parts))
    cycle.response_started = cycle.response_complete = True
    if not cycle.keep_alive:
        cycle.transport.close()
    cycle.on_response()
