"""Hot lists of pages, served without the framework where nothing is out of the ordinary."""

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qsl

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route

from connective.kit import auth_policy
from connective.kit.auth_policy import Actor
from connective.kit.db.driver import reading
from connective.kit.http.middleware import Scope
from connective.kit.http.reply import encode


class Read(Route):
    """A GET by a page's session cookie whose query has only fields of `asked`, each right.

    Everything else is left to the framework's route of the same address: it knows the other ways
    to sign in and says what is wrong. `answer` gets the driver's connection without a transaction,
    who reads, and what was asked.
    """

    def __init__(
        self,
        path: str,
        action: str,
        asked: type[Any],
        answer: Callable[[Any, Actor, Any], Awaitable[Any]],
    ) -> None:
        super().__init__(path, self._serve, methods=["GET"], include_in_schema=False)
        self._action, self._asked, self._answer = action, asked, answer

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        if scope["method"] != "GET" or scope["path"] != self.path or not _by_cookie(scope):
            return Match.NONE, {}
        asked = self._understood(scope["query_string"])
        if asked is None:
            return Match.NONE, {}
        return Match.FULL, {"endpoint": self._serve, "path_params": {}, "asked": asked}

    def _understood(self, query: bytes) -> Any:
        try:
            pairs = parse_qsl(query.decode(), keep_blank_values=True, strict_parsing=bool(query))
            given = dict(pairs)
            asked = msgspec.convert(given, self._asked, strict=False)
        except ValueError:
            return None
        return asked if len(given) == len(pairs) else None

    async def _serve(self, request: Request) -> Response:
        # read before the data: whoever listens from it on misses nothing
        newest = await request.app.state.realtime.hub.current()
        async with reading() as driver:
            actor = await request.app.state.identify(request, driver)
            auth_policy.allow(actor, self._action)
            found = await self._answer(driver, actor, request.scope["asked"])
        headers = {} if newest is None else {"X-Event-Id": str(newest)}
        return Response(encode(found), 200, headers, "application/json")


def _by_cookie(scope: Scope) -> bool:
    """Whether a cookie is all that the caller shows."""
    names = {name for name, _ in scope["headers"]}
    return b"cookie" in names and names.isdisjoint((b"authorization", b"x-auth-token"))
