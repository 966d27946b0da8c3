"""Plain routes in front of the framework: the hottest paths do without its layers."""

from collections.abc import Mapping, Sequence

from starlette.requests import Request
from starlette.routing import Match, Route

from connective.kit.http.middleware import App, Conventions, Receive, Scope, Send
from connective.kit.http.traces import name_route


class PlainRoutes:
    """Pure ASGI: plain routes inside our conventions, everything else by the app.

    An endpoint takes the request and gives the response; a failure is answered by the conventions.
    """

    def __init__(self, app: App, routes: Sequence[Route], limits: Mapping[str, int]) -> None:
        self._app = app
        self._routes = routes
        self._answer = Conventions(_answer, limits)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            for route in self._routes:
                match, found = route.matches(scope)
                if match is Match.FULL:
                    scope.update(found)
                    scope["route"] = route
                    name_route(scope, route.path)
                    await self._answer(scope, receive, send)
                    return
        await self._app(scope, receive, send)


async def _answer(scope: Scope, receive: Receive, send: Send) -> None:
    response = await scope["route"].endpoint(Request(scope, receive))
    await response(scope, receive, send)
