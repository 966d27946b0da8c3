"""`/api-docs`: the OpenAPI document and Swagger UI, with assets of our own server only."""

import html
import importlib.resources
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from connective.app import postman
from connective.kit import auth_policy, errors, i18n
from connective.kit.context import unit_of_work
from connective.kit.http import reply
from connective.kit.http.problem import language_of
from connective.kit.http.router import Authenticate
from connective.modules.settings.service import api_docs as settings

ROOT = "/api-docs"
ACTION = "api_docs.view"
# The package holds Swagger UI's own distribution.
ASSETS = importlib.resources.files("fastapi_swagger") / "resources"
TYPES = {
    "swagger-ui.css": "text/css; charset=utf-8",
    "swagger-ui-bundle.js": "text/javascript; charset=utf-8",
    "favicon-32x32.png": "image/png",
}
# Nothing may be fetched from anywhere else, whatever a page script would like.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)
PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="/api-docs/favicon-32x32.png">
<link rel="stylesheet" href="/api-docs/swagger-ui.css">
<style>.downloads {{ margin: 0; padding: 12px 20px; font: 14px sans-serif }}</style>
</head>
<body>{body}</body>
</html>
"""
UI = """<p class="downloads">{downloads}</p>
<div id="ui"></div>
<script src="/api-docs/swagger-ui-bundle.js"></script>
<script src="/api-docs/start.js"></script>"""
START = (Path(__file__).parent / "api_docs.js").read_bytes()


async def allowed(request: Request) -> None:
    """401 or 403 unless the one who asks, or everyone, may see the documentation."""
    authenticate: Authenticate = request.app.state.authenticate
    async with unit_of_work(request_id=request.state.request_id) as ctx:
        if (await settings.current(ctx)).public:
            return
        actor = await authenticate(request, ctx)
        request.state.language = actor.language
        auth_policy.allow(actor, ACTION)


async def as_json(request: Request) -> Response:
    await allowed(request)
    return reply(request.app.openapi())


async def as_yaml(request: Request) -> Response:
    await allowed(request)
    text = "\n".join(yaml_lines(request.app.openapi())) + "\n"
    return Response(text, headers=_download("connective.yaml"), media_type="application/yaml")


async def as_postman(request: Request) -> Response:
    await allowed(request)
    base_url = request.app.state.settings.base_url
    made = postman.collection(request.app.openapi(), base_url)
    return reply(made, headers=_download("connective.postman_collection.json"))


def _download(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}


def yaml_lines(value: Any, indent: str = "") -> Iterator[str]:
    """Block YAML of a JSON value; keys and scalars stay JSON, which YAML 1.2 includes."""
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from _entry(f"{indent}{json.dumps(key)}:", inner, indent)
    elif isinstance(value, list) and value:
        for inner in value:
            yield from _entry(f"{indent}-", inner, indent)
    else:
        yield f"{indent}{json.dumps(value)}"


def _entry(start: str, inner: Any, indent: str) -> Iterator[str]:
    if isinstance(inner, dict | list) and inner:
        yield start
        yield from yaml_lines(inner, indent + "  ")
    else:
        yield f"{start} {json.dumps(inner)}"


async def page(request: Request) -> Response:
    """Swagger UI; who is not signed in goes to the login page and comes back."""
    try:
        await allowed(request)
    except errors.Unauthorized:
        return RedirectResponse(f"/login?next={ROOT}", 303)
    except errors.Forbidden as refusal:
        return _shown(request, _refusal(request, refusal), 403)
    return _shown(request, UI.format(downloads=_links(language_of(request))))


def _links(language: str) -> str:
    """The document as files."""
    return " · ".join(
        f'<a href="{ROOT}/{name}">{html.escape(i18n.text(language, f"api_docs.{key}"))}</a>'
        for name, key in (
            ("openapi.json", "json"),
            ("openapi.yaml", "yaml"),
            ("postman.json", "postman"),
        )
    )


def _refusal(request: Request, refusal: errors.Problem) -> str:
    language = language_of(request)
    title = i18n.text(language, f"titles.{refusal.status}")
    detail = i18n.text(language, f"errors.{refusal.code}", **refusal.params)
    return f"<h1>{html.escape(title)}</h1><p>{html.escape(detail)}</p>"


def _shown(request: Request, body: str, status: int = 200) -> Response:
    language = language_of(request)
    title = html.escape(f"Connective · {i18n.text(language, 'api_docs.title')}")
    text = PAGE.format(language=language, title=title, body=body)
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store"}
    return Response(text, status, headers, "text/html")


async def start(_: Request) -> Response:
    return Response(START, media_type="text/javascript")


async def asset(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in TYPES:
        raise errors.NotFound("not_found")
    headers = {"Cache-Control": "public, max-age=86400"}
    return Response((ASSETS / name).read_bytes(), headers=headers, media_type=TYPES[name])


def add(app: FastAPI) -> None:
    app.router.routes.extend(
        [
            Route(ROOT, page),
            Route(f"{ROOT}/openapi.json", as_json),
            Route(f"{ROOT}/openapi.yaml", as_yaml),
            Route(f"{ROOT}/postman.json", as_postman),
            Route(f"{ROOT}/start.js", start),
            Route(f"{ROOT}/{{name}}", asset),
        ]
    )
