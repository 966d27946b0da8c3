"""Pages of other origins: the listed ones may call with a key or a token, never with the cookie."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from connective.kit import clock
from connective.kit.http import rate

log = logging.getLogger(__name__)
# How long a list is taken for new.
FRESH_S: Final = 5.0
_READABLE: Final = (
    *("ETag", "Retry-After", "X-Event-Id", "X-Request-Id", "Deprecation", "Sunset", "Link"),
    "Idempotency-Replayed",
)
_HOW: Final[dict[str, Any]] = {
    "allow_methods": ["GET", "POST", "PUT", "PATCH", "DELETE"],
    "allow_headers": [
        *("Authorization", "X-Auth-Token", "Content-Type", "Idempotency-Key", "If-Match"),
        "Mcp-Protocol-Version",
    ],
    "expose_headers": [*_READABLE, *rate.NAMES],
    "max_age": 600,
}
Listed = Callable[[], Awaitable[Sequence[str]]]


class ListedOrigins(CORSMiddleware):
    """Origins that the process was started with, and those that `listed` gives at the time."""

    def __init__(self, app: ASGIApp, *, always: Sequence[str], listed: Listed) -> None:
        super().__init__(app, allow_origins=list(always), **_HOW)
        self._always, self._listed = tuple(always), listed
        self._read_at: float | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and _is_foreign(scope):
            await self._look()
        await super().__call__(scope, receive, send)

    async def _look(self) -> None:
        present = clock.monotonic()
        if self._read_at is None or not 0 <= present - self._read_at < FRESH_S:
            self._read_at = present
            try:
                self.allow_origins = [*self._always, *await self._listed()]
            except (DBAPIError, PoolTimeout, OSError) as failure:
                log.warning("the list of origins cannot be read now: %s", failure)


def _is_foreign(scope: Scope) -> bool:
    """Whether a page of another origin asks: its own pages name the host that they ask."""
    named = {name: value for name, value in scope["headers"] if name in (b"origin", b"host")}
    origin = named.get(b"origin", b"")
    return bool(origin) and origin.partition(b"://")[2] != named.get(b"host", b"")
