"""The OpenAPI document: valid, whole, honest about rights, shown without leaving our host."""

import re
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from openapi_spec_validator import OpenAPIV31SpecValidator
from starlette.routing import Mount

from connective.kit.settings import Settings
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person, sign_in
from connective.kit.testing.server import RunningApp
from connective.modules.integrations.webhooks import catalogue

pytestmark = pytest.mark.proves("INT-15", part="document")
# Pages and their parts, the probes of a process and the demo's own partner are no API.
NOT_API = re.compile(
    r"/$|/embed/operator-panel$|/\{path(:path)?\}|/api-docs|/docs|/assets|/healthz|/readyz|/metrics|/demo-shop/"
)

# There they are refused, where another route would else answer with a page.
REFUSED = {("GET", "/mcp"), ("DELETE", "/mcp")}


@pytest.fixture(scope="module")
def application(create_app: Callable[..., FastAPI]) -> FastAPI:
    return create_app(Settings())


@pytest.fixture(scope="module")
def document(application: FastAPI) -> dict[str, Any]:
    return application.openapi()


def operations(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (path, method, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]


def test_the_document_is_valid_openapi_31(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    assert [str(fault) for fault in OpenAPIV31SpecValidator(document).iter_errors()] == []
    names = [operation["operationId"] for _, _, operation in operations(document)]
    assert len(names) == len(set(names))


def test_no_name_tells_where_in_the_code_it_stands(document: dict[str, Any]) -> None:
    """Two schemas of one name would get their modules' paths, which change when code moves."""
    assert [name for name in document["components"]["schemas"] if "connective__" in name] == []


def test_every_route_is_in_the_document(application: FastAPI, document: dict[str, Any]) -> None:
    known = {(path, method.upper()) for path, method, _ in operations(document)}
    missing = []
    for route in iter_route_contexts(application.routes):
        path: str = getattr(route, "path_format", "") or getattr(route, "path", "")
        if isinstance(route, Mount) or NOT_API.match(path):
            continue
        # one route may serve several documented paths, as the entities of the compat API do
        pattern = re.compile(re.sub(r"\{\w+(:path)?\}", "[^/]+", path) + "$")
        for method in (getattr(route, "methods", None) or {"GET"}) - {"HEAD"}:
            served = [p for p, m in known if m == method and (p == path or pattern.match(p))]
            if not served and (method, path) not in REFUSED:
                missing.append((method, path))
    assert missing == []


def test_every_operation_says_what_it_answers(document: dict[str, Any]) -> None:
    for path, method, operation in operations(document):
        good = [code for code in operation["responses"] if code.startswith(("2", "3"))]
        assert good, (method, path)
        assert operation.get("tags"), (method, path)


def test_rights_are_named_at_the_operations(document: dict[str, Any]) -> None:
    listed = document["paths"]["/api/v1/bots"]["get"]
    assert (listed["x-permission"], listed["x-scope"]) == ("bots.view", "bots:read")
    assert "`bots:read`" in listed["description"]


def test_three_ways_to_sign_a_call_are_offered(document: dict[str, Any]) -> None:
    schemes = document["components"]["securitySchemes"]
    assert set(schemes) == {"ApiKeyAuth", "BearerAuth", "ExternalToken"}
    assert schemes["ExternalToken"]["name"] == "x-auth-token"
    offered = {name for choice in document["security"] for name in choice}
    assert offered == set(schemes)


def test_every_event_that_goes_out_is_among_the_webhooks(document: dict[str, Any]) -> None:
    assert set(document["webhooks"]) == set(catalogue.names())
    for name, methods in document["webhooks"].items():
        example = methods["post"]["requestBody"]["content"]["application/json"]["example"]
        assert example["event_name"] == name


async def test_the_page_and_the_document_are_for_those_who_may_see_them(
    app: AppClient, db: Database, server: RunningApp
) -> None:
    sent_away = await app.another().get("/api-docs")
    assert (sent_away.status, sent_away.headers["Location"]) == (303, "/login?next=/api-docs")
    assert (await app.another().get("/api-docs/openapi.json")).status == 401
    operator = await sign_in(db, app, "operator", language="uk")
    refused = await operator.client.get("/api-docs")
    assert refused.status == 403
    assert "api_docs.view" in refused.text
    assert '<html lang="uk">' in refused.text
    assert (await operator.client.get("/api-docs/openapi.json")).status == 403
    analyst = await sign_in(db, app, "analyst")
    assert (await analyst.client.get("/api-docs")).status == 200
    whole = await analyst.client.get("/api-docs/openapi.json")
    assert whole.json == server.asgi.openapi()
    as_yaml = await analyst.client.get("/api-docs/openapi.yaml")
    assert yaml.load(as_yaml.text, yaml.CSafeLoader) == whole.json


async def test_the_page_asks_nothing_of_another_host(admin: Person, app: AppClient) -> None:
    page = await admin.client.get("/api-docs")
    assert "'self'" in page.headers["Content-Security-Policy"]
    assert "http" not in page.headers["Content-Security-Policy"]
    parts = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    loaded = [part for part in parts if not re.search(r"\.(json|yaml)$", part)]
    assert len(loaded) == 4
    for part in loaded:
        assert part.startswith("/api-docs/")
        answer = await app.another().get(part)
        assert answer.status == 200, part
        assert answer.body
    start = await app.get("/api-docs/start.js")
    assert "http" not in start.text
    assert "validatorUrl: null" in start.text
    styles = await app.get("/api-docs/swagger-ui.css")
    assert re.findall(r"url\(\s*(?!['\"]?data:)", styles.text) == []
    assert (await app.get("/api-docs/secrets.env")).status == 404


async def test_kwbots_of_the_document_can_be_called_with_a_key(
    admin: Person, app: AppClient
) -> None:
    bot = await admin.client.post("/api/v1/bots", {"name": "Shop"})
    path = "/kw/api/general/KwBots/get"
    whole = await admin.client.get("/api-docs/openapi.json")
    assert path in whole.json["paths"]
    keyed = app.another(Authorization=f"API-Key {bot.json['api_key']}")
    assert (await keyed.get(path)).status == 200
    wrong = await app.another(Authorization="API-Key nonsense").get(path)
    assert (wrong.status, wrong.json["code"]) == (401, "unauthorized")
