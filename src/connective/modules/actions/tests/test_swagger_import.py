"""Older documents become requests too, and any document is read where it is published."""

from typing import Any

import pytest

from connective.kit.testing.people import Person
from connective.kit.testing.receiver import Receiver
from connective.modules.actions import openapi
from connective.modules.actions.send_request.check import check

pytestmark = pytest.mark.proves("INT-07", part="OpenAPI import")
PATH = "/api/v1/actions/send_request/import"
SWAGGER = """
swagger: "2.0"
info: {title: Pets, version: "1.1"}
host: pets.example
basePath: /v1
schemes: [http, https]
consumes: [application/json]
security: [{key: []}]
paths:
  /pets/{id}:
    parameters:
      - {name: id, in: path, required: true, type: integer}
    get:
      tags: [pets]
      parameters:
        - $ref: "#/parameters/Language"
        - {name: page, in: query, type: integer}
      responses:
        "200": {schema: {$ref: "#/definitions/Pet"}}
    put:
      security: [{person: []}]
      parameters:
        - {name: pet, in: body, required: true, schema: {$ref: "#/definitions/Pet"}}
      responses: {"204": {description: Done}}
  /pets:
    post:
      security: [{program: [write]}]
      parameters:
        - {name: name, in: formData, type: string}
        - {name: sort, in: formData, type: string, enum: [cat, dog]}
      responses: {"201": {description: Made}}
  /photos:
    post:
      security: []
      parameters:
        - {name: photo, in: formData, type: file}
        - {name: title, in: formData, type: string}
      responses: {"200": {description: Kept}}
parameters:
  Language: {name: lang, in: query, required: true, type: string, default: en}
definitions:
  Pet:
    type: object
    properties: {name: {type: string}, friend: {$ref: "#/definitions/Pet"}}
securityDefinitions:
  key: {type: apiKey, in: header, name: X-Key}
  person: {type: basic}
  program: {type: oauth2, flow: application, tokenUrl: "https://id.example/token", scopes: {}}
"""
HERE = {"openapi": "3.0.0", "info": {"title": "Here"}, "paths": {"/orders": {"get": {}}}}


def test_a_document_of_swagger_2_gives_the_same_requests() -> None:
    found = {one.id: one.config for one in openapi.imported(SWAGGER).operations}
    assert found["GET /pets/{id}"] == {
        "url": "https://pets.example/v1/pets/{{id}}",
        "method": "GET",
        "params": {"lang": "en"},
        "headers": {"X-Key": "{{secret.KEY}}"},
        "response_mapping": {"name": "name"},
    }
    changed = found["PUT /pets/{id}"]
    assert (changed["format"], changed["data"]["name"]) == ("JSON", "{{name}}")
    assert changed["basic_auth"]["username"] == "{{secret.PERSON_USER}}"
    made = found["POST /pets"]
    assert (made["format"], made["data"]) == ("urlencoded", {"name": "{{name}}", "sort": "cat"})
    assert made["oauth2"]["token_url"] == "https://id.example/token"
    kept = found["POST /photos"]
    assert kept["files"] == [{"field": "photo", "variable": "photo"}]
    assert (kept["format"], kept["data"]) == ("form-data", {"title": "{{title}}"})
    assert {name: check(config) for name, config in found.items() if check(config)} == {}


async def test_a_document_is_read_where_it_is_published(admin: Person, receiver: Receiver) -> None:
    receiver.answer(200, body=b"<!doctype html><title>Shop API</title>")
    page = await admin.client.post(PATH, {"url": f"{receiver.url}/docs"})
    assert "web page" in page.json["errors"][0]["message"]
    receiver.answer(json_body=HERE | {"servers": [{"url": "/v2"}]})
    made = await admin.client.post(PATH, {"url": f"{receiver.url}/docs/openapi.json"})
    assert made.status == 200, made.text
    assert made.json["operations"][0]["config"]["url"] == f"{receiver.url}/v2/orders"
    assert receiver.requests[1].path == "/docs/openapi.json"


@pytest.mark.parametrize(
    ("body", "field", "word"),
    [
        ({}, "document", "Give either"),
        ({"document": HERE, "url": "https://shop.example/openapi.json"}, "document", "Give either"),
        ({"url": "ftp://shop.example/openapi.json"}, "url", "match"),
        ({"url": "http://169.254.169.254/openapi.json"}, "url", "address_not_allowed"),
        ({"url": "{receiver}"}, "url", "HTTP 404"),
    ],
)
async def test_an_address_that_gives_no_document_says_why(
    admin: Person, receiver: Receiver, body: dict[str, Any], field: str, word: str
) -> None:
    receiver.answer(404)
    asked = {k: v.replace("{receiver}", receiver.url) if k == "url" else v for k, v in body.items()}
    refused = await admin.client.post(PATH, asked)
    (error,) = refused.json["errors"]
    assert (refused.status, error["field"], word in error["message"]) == (422, field, True), error
