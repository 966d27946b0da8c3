"""The server of the CRM: its one page, and tokens for the panel, asked for with an API key."""

from dataclasses import dataclass
from pathlib import Path

import aiohttp
from aiohttp import web

PAGE = (Path(__file__).parent / "page.html").read_text("utf-8")


@dataclass(frozen=True)
class Settings:
    """`engine` is the address of Connective, `user_email` the operator at work here."""

    engine: str
    api_key: str
    user_email: str


def create(settings: Settings) -> web.Application:
    app = web.Application()

    async def page(_: web.Request) -> web.Response:
        html = PAGE.replace("{{engine}}", settings.engine)
        return web.Response(text=html, content_type="text/html")

    async def token(request: web.Request) -> web.Response:
        """A real CRM asks here for whoever is signed in to it."""
        wish = {"user_email": settings.user_email, "origin": f"http://{request.host}"}
        headers = {"Authorization": f"Api-Key {settings.api_key}"}
        address = f"{settings.engine}/api/v1/embed/tokens"
        async with (
            aiohttp.ClientSession() as client,
            client.post(address, json=wish, headers=headers) as answer,
        ):
            given = await answer.json(content_type=None)
        if answer.status != 201:
            return web.json_response({"error": given.get("detail", "refused")}, status=502)
        return web.json_response({"token": given["token"]})

    app.router.add_get("/", page)
    app.router.add_post("/operator-token", token)
    return app
