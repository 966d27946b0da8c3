"""Serves the built web app and the OpenAPI document."""

from pathlib import Path

from fastapi import FastAPI, Request
from starlette.responses import FileResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from connective.kit import errors
from connective.kit.http import reply

STATIC = Path(__file__).parent / "static"
API_PREFIXES = ("/api/", "/kw/", "/messengers_host/", "/hooks/", "/catcher/", "/docs")


async def document(request: Request) -> Response:
    return reply(request.app.openapi())


async def web_app(request: Request) -> Response:
    """Any page address gives the web app's one document; its own router takes over."""
    if request.url.path.startswith(API_PREFIXES) or request.method not in ("GET", "HEAD"):
        raise errors.NotFound("not_found")
    index = STATIC / "index.html"
    if not index.is_file():
        raise errors.NotFound("not_found")
    return FileResponse(index, headers={"Cache-Control": "no-cache"})


def add(app: FastAPI) -> None:
    app.router.routes.append(Route("/api-docs/openapi.json", document))
    if (STATIC / "assets").is_dir():
        app.router.routes.append(Mount("/assets", StaticFiles(directory=STATIC / "assets")))
    app.router.routes.append(Route("/{path:path}", web_app, methods=["GET", "HEAD"]))
