"""An OpenAPI document becomes requests; what cannot be read is refused by its place."""

import json
from typing import Any

import pytest

from connective.kit import errors
from connective.kit.testing.people import Person
from connective.kit.testing.receiver import Receiver
from connective.modules.actions import openapi
from connective.modules.actions.openapi import operations, reading
from connective.modules.actions.send_request.check import check

pytestmark = pytest.mark.proves("INT-07", part="OpenAPI import")
PATH = "/api/v1/actions/send_request/import"
DOCUMENT = """
openapi: 3.1.0
info: {title: Orders, version: "2.0"}
servers:
  - url: https://{region}.shop.example/v2/
    variables: {region: {default: eu}}
security: [{token: []}]
paths:
  /orders/{order-id}:
    parameters:
      - {name: order-id, in: path, required: true, schema: {type: integer}}
    get:
      summary: One order
      tags: [orders]
      parameters:
        - {name: lang, in: query, required: true, schema: {type: string, default: uk}}
        - {name: view, in: query, schema: {type: string}}
        - {name: X-Trace, in: header, required: true, schema: {type: string}}
      responses:
        "200":
          content: {application/json: {schema: {$ref: "#/components/schemas/Order"}}}
    patch:
      security: []
      requestBody: {$ref: "#/components/requestBodies/Order"}
      responses: {"204": {description: Done}}
  /orders:
    get:
      security: [{shop key: []}]
      responses:
        "200":
          content: {application/json: {schema: {type: array, items: {type: string}}}}
    post:
      deprecated: true
      security: [{program: [orders]}]
      requestBody:
        content:
          application/x-www-form-urlencoded:
            schema: {type: object, properties: {note: {type: string}}}
      responses: {default: {description: Any}}
  /photos:
    servers: [{url: /files}]
    put:
      security: [{person: []}]
      requestBody:
        content:
          multipart/form-data:
            schema:
              type: object
              properties: {title: {type: string}, photo: {type: string, format: binary}}
      responses: {"200": {description: Kept since 2024-01-01}}
components:
  securitySchemes:
    token: {type: http, scheme: bearer}
    person: {type: http, scheme: basic}
    shop key: {type: apiKey, in: header, name: X-Key}
    program:
      type: oauth2
      flows: {clientCredentials: {tokenUrl: "https://id.example/token", scopes: {orders: Orders}}}
  requestBodies:
    Order: {content: {application/json: {schema: {$ref: "#/components/schemas/Order"}}}}
  schemas:
    Order:
      type: object
      properties:
        id: {type: integer, readOnly: true}
        state: {enum: [new, paid]}
        total: {type: [number, "null"]}
        customer: {allOf: [{$ref: "#/components/schemas/Person"}]}
        lines: {type: array, items: {type: object, properties: {sku: {type: string}}}}
    Person:
      properties:
        name: {type: string}
        friend: {$ref: "#/components/schemas/Person"}
"""
WHOLE = {"openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "paths": {}}


def configs() -> dict[str, dict[str, Any]]:
    return {one.id: one.config for one in openapi.imported(DOCUMENT).operations}


def test_operations_come_in_order_with_what_they_are_for() -> None:
    found = openapi.imported(DOCUMENT)
    assert (found.title, found.version) == ("Orders", "2.0")
    assert [one.id for one in found.operations] == [
        "GET /orders/{order-id}",
        "PATCH /orders/{order-id}",
        "GET /orders",
        "POST /orders",
        "PUT /photos",
    ]
    first = found.operations[0]
    assert (first.summary, first.tag, first.deprecated) == ("One order", "orders", False)
    assert found.operations[3].deprecated


def test_what_must_be_given_is_filled_with_placeholders_and_secrets() -> None:
    assert configs()["GET /orders/{order-id}"] == {
        "url": "https://eu.shop.example/v2/orders/{{order_id}}",
        "method": "GET",
        "params": {"lang": "uk"},
        "headers": {"X-Trace": "{{X_Trace}}"},
        "bearer_auth": "{{secret.TOKEN}}",
        "response_mapping": {"state": "state", "total": "total"},
    }


def test_a_body_follows_its_schema_however_it_turns_back_on_itself() -> None:
    found = configs()["PATCH /orders/{order-id}"]
    assert "bearer_auth" not in found
    assert found["format"] == "JSON"
    data = found["data"]
    assert data["state"] == "new"
    assert data["total"] == "{{total}}"
    assert data["lines"] == [{"sku": "{{lines_sku}}"}]
    assert data["customer"]["name"] == "{{customer_name}}"
    assert "id" not in data
    assert len(json.dumps(data)) < 2000


def test_every_way_to_sign_has_its_value() -> None:
    found = configs()
    assert found["GET /orders"]["headers"] == {"X-Key": "{{secret.SHOP_KEY}}"}
    assert found["GET /orders"]["save_response"] == "response"
    assert found["POST /orders"]["oauth2"] == {
        "token_url": "https://id.example/token",
        "client_id": "{{secret.PROGRAM_CLIENT_ID}}",
        "client_secret": "{{secret.PROGRAM_CLIENT_SECRET}}",
        "scope": "orders",
    }
    assert (found["POST /orders"]["format"], found["POST /orders"]["data"]) == (
        "urlencoded",
        {"note": "{{note}}"},
    )
    photo = found["PUT /photos"]
    assert photo["basic_auth"] == {
        "username": "{{secret.PERSON_USER}}",
        "password": "{{secret.PERSON_PASSWORD}}",
    }
    assert photo["files"] == [{"field": "photo", "variable": "photo"}]
    assert (photo["format"], photo["data"]) == ("form-data", {"title": "{{title}}"})
    assert photo["url"] == "{{base_url}}/files/photos"


def test_what_is_made_may_be_published_as_it_is() -> None:
    assert {name: check(config) for name, config in configs().items() if check(config)} == {}


def test_another_server_goes_before_those_of_the_document() -> None:
    found = openapi.imported(DOCUMENT, "http://127.0.0.1:9000/").operations
    assert found[2].config["url"] == "http://127.0.0.1:9000/orders"


def with_operation(**operation: Any) -> dict[str, Any]:
    return WHOLE | {"paths": {"/a b": {"get": operation}}}


@pytest.mark.parametrize(
    ("document", "place", "code"),
    [
        ("{nothing", "document", "openapi_unreadable"),
        ("a: [1\nb: 2", "document", "openapi_unreadable"),
        ("[" * 100_000, "document", "openapi_too_deep"),
        ("- " * 100_000, "document", "openapi_too_deep"),
        ('{"a":' * 100_000, "document", "openapi_too_deep"),
        ("{" + " " * reading.LONGEST, "document", "openapi_too_long"),
        (" " * reading.LONGEST_YAML + "a", "document", "openapi_too_long"),
        ("just a text", "document", "openapi_not_an_object"),
        ({}, "document.openapi", "openapi_missing"),
        ({"swagger": "1.2"}, "document.swagger", "openapi_version"),
        ({"swagger": "2.0"}, "document.paths", "openapi_missing"),
        (WHOLE | {"openapi": "4.0.0"}, "document.openapi", "openapi_version"),
        (WHOLE | {"paths": []}, "document.paths", "openapi_not_an_object"),
        (
            WHOLE | {"paths": {"/a": {"get": 5}}},
            'document.paths["/a"].get',
            "openapi_not_an_object",
        ),
        (
            with_operation(parameters={"name": "x"}),
            'document.paths["/a b"].get.parameters',
            "openapi_not_a_list",
        ),
        (
            with_operation(parameters=[{"in": "query"}]),
            'document.paths["/a b"].get.parameters[0].name',
            "openapi_missing",
        ),
        (
            with_operation(parameters=[{"$ref": "#/components/parameters/Gone"}]),
            'document.paths["/a b"].get.parameters[0]',
            "openapi_broken_ref",
        ),
        (
            with_operation(requestBody={"$ref": "bodies.yaml#/Order"}),
            'document.paths["/a b"].get.requestBody',
            "openapi_elsewhere",
        ),
        (
            with_operation(summary=["a"]),
            'document.paths["/a b"].get.summary',
            "openapi_not_a_text",
        ),
        (
            with_operation(security=[{"gone": []}]) | {"components": {"securitySchemes": {}}},
            "document.components.securitySchemes.gone",
            "openapi_missing",
        ),
        (
            with_operation(requestBody={"$ref": "#/loop"}) | {"loop": {"$ref": "#/loop"}},
            'document.paths["/a b"].get.requestBody',
            "openapi_circle",
        ),
    ],
)
def test_what_is_broken_is_refused_by_its_place(document: Any, place: str, code: str) -> None:
    with pytest.raises(errors.Invalid) as refused:
        openapi.imported(document)
    (error,) = refused.value.errors
    assert (error.field, error.code) == (place, code)


def test_a_document_with_too_many_operations_is_refused() -> None:
    count = operations.OPERATIONS_AT_MOST + 1
    paths: dict[str, Any] = {f"/{number}": {"get": {}} for number in range(count)}
    with pytest.raises(errors.Invalid) as refused:
        openapi.imported(WHOLE | {"paths": paths})
    assert refused.value.errors[0].field == "document.paths"


async def test_an_operation_of_a_pasted_document_can_be_tried_out(
    admin: Person, receiver: Receiver
) -> None:
    receiver.answer(json_body=["A1"])
    made = await admin.client.post(PATH, {"document": DOCUMENT, "server": receiver.url})
    assert made.status == 200, made.text
    config = made.json["operations"][2]["config"]
    config["headers"] = {"X-Key": "k"}
    tried = await admin.client.post("/api/v1/actions/send_request/test", {"config": config})
    assert tried.json["variables"]["response"] == ["A1"]
    assert receiver.requests[0].headers["X-Key"] == "k"


async def test_a_refusal_tells_the_place_and_what_is_wrong(admin: Person) -> None:
    answer = await admin.client.post(PATH, {"document": "openapi: 3.0.0\ninfo: {title: [}"})
    assert answer.status == 422
    (error,) = answer.json["errors"]
    assert error["field"] == "document"
    assert "line 2" in error["message"]
