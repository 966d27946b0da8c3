"""Plain routes before the framework: the hottest paths do without its layers."""

from collections.abc import Sequence

from starlette.routing import Match, Route

from connective.kit.http.middleware import App, Receive, Scope, Send


class PlainRoutes:
    """Pure ASGI middleware; stands inside `Conventions`, which turns failures into answers."""

    def __init__(self, app: App, routes: Sequence[Route]) -> None:
        self.app = app
        self.routes = routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            for route in self.routes:
                match, found = route.matches(scope)
                if match is Match.FULL:
                    scope.update(found)
                    scope["route"] = route
                    await route.handle(scope, receive, send)
                    return
        await self.app(scope, receive, send)
