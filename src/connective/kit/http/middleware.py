"""What wraps every request: its id, a body limit, failures turned into answers, safe headers."""

import functools
import secrets
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from typing import Any

import structlog
from prometheus_client import Histogram
from starlette.requests import Request
from starlette.responses import Response

from connective.kit import clock, errors, metrics
from connective.kit.http import problem

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Header = tuple[bytes, bytes]

BODY_LIMIT = 5 * 1024 * 1024
# Others are measured as one, so that callers cannot make series without end.
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
SAFE_HEADERS: list[Header] = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"content-security-policy", b"frame-ancestors 'self'"),
]
# Whose answers nobody may keep: they are for one caller, and now.
_KEPT_NOWHERE = ("/api/", "/kw/", "/messengers_host/", "/mcp")
_NO_STORE: Header = (b"cache-control", b"no-store")


class Conventions:
    """Pure ASGI middleware; body limits of single routes are given by path prefix, in bytes."""

    def __init__(self, app: App, limits: Mapping[str, int] | None = None) -> None:
        self.app = app
        self.limits = limits or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        name(scope)
        started = False
        began = clock.monotonic()

        async def send_with_more(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                measure(scope, judged(scope, message["status"]), clock.monotonic() - began)
                message["headers"] = with_ours(scope, message["headers"])
            await send(message)

        limit = self._limit(scope["path"])
        try:
            await self.app(scope, _limited(scope, receive, limit), send_with_more)
        except Exception as failure:
            if started:
                raise
            response = refusal(scope, failure)
            await response(scope, receive, send_with_more)

    def _limit(self, path: str) -> int:
        for prefix, limit in self.limits.items():
            if path.startswith(prefix):
                return limit
        return BODY_LIMIT


def name(scope: Scope) -> None:
    """Give a request its id, for whoever answers it and for the log."""
    request_id = _request_id(scope)
    scope.setdefault("state", {})["request_id"] = request_id
    # never unbound: the server runs each request in a context of its own
    structlog.contextvars.bind_contextvars(request_id=request_id)


def judged(scope: Scope, status: int) -> int:
    """The status of what was asked: a protocol may carry a refusal (`state.refusal`) in a 200."""
    inner: errors.Problem | None = scope.get("state", {}).get("refusal")
    return status if inner is None else inner.status


def with_ours(scope: Scope, given: Iterable[Header]) -> list[Header]:
    """The headers of an answer and those that every answer has."""
    headers = list(given)
    own = {key.lower() for key, _ in headers}
    headers.append((b"x-request-id", scope["state"]["request_id"].encode()))
    if (rate := scope["state"].get("rate")) is not None:
        headers += rate.headers()
    headers += scope["state"].get("told", ())
    headers += [header for header in SAFE_HEADERS if header[0] not in own]
    if scope["path"].startswith(_KEPT_NOWHERE) and _NO_STORE[0] not in own:
        headers.append(_NO_STORE)
    return headers


def refusal(scope: Scope, failure: Exception) -> Response:
    """What a failure is answered with."""
    known = failure if isinstance(failure, errors.Problem) else problem.from_failure(failure)
    return problem.answer(Request(scope), known)


def measure(scope: Scope, status: int, seconds: float) -> None:
    """By the route's pattern, so that addresses do not become labels."""
    route = getattr(scope.get("route"), "path", "none")
    method = scope["method"] if scope["method"] in METHODS else "other"
    _series(method, route, status).observe(seconds)


@functools.cache
def _series(method: str, route: str, status: int) -> Histogram:
    return metrics.http_seconds.labels(method, route, str(status))


def _request_id(scope: Scope) -> str:
    """The caller's X-Request-Id when it is a plain short word, else a new one."""
    for name, value in scope["headers"]:
        if name == b"x-request-id" and 0 < len(value) <= 64 and value.isascii():
            given = str(value.decode())
            if given.replace("-", "").replace("_", "").isalnum():
                return given
    return secrets.token_hex(8)


def _limited(scope: Scope, receive: Receive, limit: int) -> Receive:
    """Refuse a body over the limit, by its declared length at once, else as soon as it is seen."""
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit() and int(value) > limit:
            raise errors.TooLarge("body_too_large", limit=limit)
    seen = 0

    async def receive_limited() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > limit:
            raise errors.TooLarge("body_too_large", limit=limit)
        return message

    return receive_limited
