"""What wraps every request: its id, a body limit, failures turned into answers, safe headers."""

import functools
import secrets
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any

import structlog
from prometheus_client import Histogram
from starlette.requests import Request

from connective.kit import clock, errors, metrics
from connective.kit.http import problem

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

BODY_LIMIT = 5 * 1024 * 1024
# Others are measured as one, so that callers cannot make series without end.
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
SAFE_HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"content-security-policy", b"frame-ancestors 'self'"),
]


class Conventions:
    """Pure ASGI middleware; body limits of single routes are given by path prefix, in bytes."""

    def __init__(self, app: App, limits: Mapping[str, int] | None = None) -> None:
        self.app = app
        self.limits = limits or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = _request_id(scope)
        scope.setdefault("state", {})["request_id"] = request_id
        started = False
        began = clock.monotonic()

        async def send_with_id(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                _measure(scope, message["status"], clock.monotonic() - began)
                rate = scope["state"].get("rate")
                message["headers"] = [
                    *message["headers"],
                    (b"x-request-id", request_id.encode()),
                    *(rate.headers() if rate is not None else ()),
                    *scope["state"].get("told", ()),
                    *(h for h in SAFE_HEADERS if not _has(message["headers"], h[0])),
                ]
            await send(message)

        limit = self._limit(scope["path"])
        try:
            # never unbound: the server runs each request in a context of its own
            structlog.contextvars.bind_contextvars(request_id=request_id)
            await self.app(scope, _limited(scope, receive, limit), send_with_id)
        except Exception as failure:
            if started:
                raise
            refusal = failure if isinstance(failure, errors.Problem) else None
            refusal = refusal or problem.from_failure(failure)
            response = problem.answer(Request(scope), refusal)
            await response(scope, receive, send_with_id)

    def _limit(self, path: str) -> int:
        for prefix, limit in self.limits.items():
            if path.startswith(prefix):
                return limit
        return BODY_LIMIT


def _measure(scope: Scope, status: int, seconds: float) -> None:
    """By the route's pattern, so that addresses do not become labels."""
    route = getattr(scope.get("route"), "path", "none")
    method = scope["method"] if scope["method"] in METHODS else "other"
    _series(method, route, status).observe(seconds)


@functools.cache
def _series(method: str, route: str, status: int) -> Histogram:
    return metrics.http_seconds.labels(method, route, str(status))


def _has(headers: list[tuple[bytes, bytes]], name: bytes) -> bool:
    return any(key.lower() == name for key, _ in headers)


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
