"""Serves the built web app and the guide."""

from pathlib import Path

from fastapi import FastAPI, Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Mount, Route

from connective.app.assets import ASK_AGAIN, Assets, Guide
from connective.kit import errors
from connective.modules.embed import frame
from connective.modules.embed import service as embed

STATIC = Path(__file__).parent / "static"
API_PREFIXES = ("/api/", "/kw/", "/messengers_host/", "/hooks/", "/catcher/", "/docs")
# Mantine and CodeMirror write styles of their own; scripts come from our files only.
POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; "
)
OWN = "frame-ancestors 'self'"
HEADERS = {"Cache-Control": ASK_AGAIN, "Content-Security-Policy": POLICY + OWN}


async def web_app(request: Request) -> Response:
    """Any page address gives the web app's one document; its own router takes over."""
    if request.url.path.startswith(API_PREFIXES) or request.method not in ("GET", "HEAD"):
        raise errors.NotFound("not_found")
    index = STATIC / "index.html"
    if not index.is_file():
        raise errors.NotFound("not_found")
    return FileResponse(index, headers=HEADERS)


async def embedded(request: Request) -> Response:
    """The same document for pages of other sites, which only allowed ones may show."""
    index = STATIC / "index.html"
    if not index.is_file():
        raise errors.NotFound("not_found")
    if (refused := await frame.refusal(request)) is not None:
        return refused
    policy = {"Content-Security-Policy": POLICY + await frame.ancestors()}
    return FileResponse(index, headers=HEADERS | policy)


async def guide(_: Request) -> Response:
    return RedirectResponse("/docs/", 308)


def add(app: FastAPI) -> None:
    if (STATIC / "assets").is_dir():
        app.router.routes.append(Mount("/assets", Assets(directory=STATIC / "assets")))
    if (STATIC / "docs").is_dir():
        app.router.routes.append(Route("/docs", guide))
        app.router.routes.append(Mount("/docs", Guide(STATIC / "docs")))
    app.router.routes.append(Route(embed.PAGE, embedded, methods=["GET", "HEAD"]))
    app.router.routes.append(Route("/{path:path}", web_app, methods=["GET", "HEAD"]))
