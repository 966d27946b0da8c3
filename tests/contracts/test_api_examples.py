"""What a reader of the API document needs beside the shapes: examples, rights, refusals."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from jsonschema import Draft202012Validator

from connective.app import postman
from connective.kit.settings import Settings

pytestmark = pytest.mark.proves("INT-15", part="document")
# Whom they serve cannot sign in, or shows something else than a key.
OPEN = {
    "/api/v1/auth/login",
    "/api/v1/auth/refresh",
    "/api/v1/auth/reset",
    "/api/v1/auth/reset/check",
    "/catcher/{code}",
    "/embed/operator-panel.js",
    "/subscribe.js",
    "/u/{token}",
    "/files/{public_id}/{seal}/{name}",
    "/kw/esputnik/push-contacts",
    "/l/{code}",
    "/messengers_host/{bot_id}/custom_channel/hooks",
    "/messengers_host/{bot_id}/{channel}/hooks",
}
Operation = tuple[str, str, dict[str, Any]]


@pytest.fixture(scope="module")
def document(create_app: Callable[..., FastAPI]) -> dict[str, Any]:
    return create_app(Settings()).openapi()


def operations(document: dict[str, Any]) -> Iterator[Operation]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def bodies(operation: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for content in operation.get("requestBody", {}).get("content", {}).values():
        yield "request", content
    for status, response in operation["responses"].items():
        for content in response.get("content", {}).values():
            yield status, content


def shown(content: dict[str, Any], document: dict[str, Any]) -> list[Any]:
    """The examples of a body, wherever they stand."""
    if "example" in content:
        return [content["example"]]
    found = []
    for example in content.get("examples", {}).values():
        name = example.get("$ref", "").rpartition("/")[2]
        found.append((document["components"]["examples"][name] if name else example)["value"])
    return found or content.get("schema", {}).get("examples", [])


def test_every_body_has_an_example_that_its_schema_takes(document: dict[str, Any]) -> None:
    faults = []
    seen = 0
    for path, method, operation in operations(document):
        for where, content in bodies(operation):
            if "schema" not in content:
                continue
            examples = shown(content, document)
            if not examples:
                faults.append(f"{method} {path} {where}: no example")
            whole = content["schema"] | {"components": document["components"]}
            for example in examples:
                seen += 1
                wrong = [
                    fault.message for fault in Draft202012Validator(whole).iter_errors(example)
                ]
                faults += [f"{method} {path} {where}: {message}" for message in wrong]
                if "{{schema" in str(example):
                    faults.append(f"{method} {path} {where}: a place in braces was not filled")
    assert not faults, "\n".join(faults)
    assert seen > 500


def test_every_operation_says_who_may_call_it(document: dict[str, Any]) -> None:
    for path, method, operation in operations(document):
        told = operation["description"]
        if operation.get("security") == []:
            assert path in OPEN, (method, path)
            assert "Needs no sign-in." in told
        elif "x-permission" in operation:
            assert operation["x-permission"] in told
            assert "x-scope" in operation
        else:
            assert "Whoever is signed in may call it." in told
    assert {path for path, _, o in operations(document) if o.get("security") == []} == OPEN


def test_every_refusal_says_when_it_comes(document: dict[str, Any]) -> None:
    for path, method, operation in operations(document):
        refusals = {s: r for s, r in operation["responses"].items() if s[0] in "45"}
        # a script is a file of ours, for everybody
        assert refusals or path.endswith(".js"), (method, path)
        for status, response in refusals.items():
            assert response["description"] not in ("", "Refused"), (method, path, status)


def test_a_refusal_is_shown_by_an_example_of_its_own_status(document: dict[str, Any]) -> None:
    for path, method, operation in operations(document):
        for status, content in bodies(operation):
            example = content.get("examples", {}).get("refused")
            if example is not None:
                assert example["$ref"].endswith(status), (method, path, status)


def test_webhooks_have_bodies_headers_and_what_counts_as_taken(document: dict[str, Any]) -> None:
    for name, methods in document["webhooks"].items():
        operation = methods["post"]
        content = operation["requestBody"]["content"]["application/json"]
        whole = content["schema"] | {"components": document["components"]}
        assert list(Draft202012Validator(whole).iter_errors(content["example"])) == [], name
        headers = {parameter["name"] for parameter in operation["parameters"]}
        assert headers == {"webhook-id", "webhook-timestamp", "webhook-signature"}
        assert operation["responses"].keys() == {"2XX"}


def items(folder: dict[str, Any]) -> list[dict[str, Any]]:
    return [request for part in folder["item"] for request in part["item"]]


@pytest.mark.proves("INT-15", part="Postman collection")
def test_every_operation_is_in_the_postman_collection(document: dict[str, Any]) -> None:
    made = postman.collection(document, "https://bot.example")
    assert made["info"]["schema"].endswith("/collection/v2.1.0/collection.json")
    assert made["info"]["name"]
    assert {one["key"] for one in made["variable"]} == {"baseUrl", "apiKey"}
    found = {(i["request"]["method"], i["request"]["url"]["raw"]): i for i in items(made)}
    wanted = list(operations(document))
    assert len(items(made)) == len(wanted) == len(found)
    for path, method, operation in wanted:
        raw = "{{baseUrl}}" + path.replace("{", ":").replace("}", "")
        item = found[method.upper(), raw]
        request = item["request"]
        assert item["name"]
        assert "/".join(["{{baseUrl}}", *request["url"]["path"]]) == raw
        places = {name[1:] for name in request["url"]["path"] if name.startswith(":")}
        assert places == {variable["key"] for variable in request["url"]["variable"]}
        by_query = {p["name"] for p in operation.get("parameters", ()) if p["in"] == "query"}
        assert by_query == {parameter["key"] for parameter in request["url"]["query"]}
        assert all(isinstance(v["value"], str) for v in request["url"]["variable"])
        if "application/json" in operation.get("requestBody", {}).get("content", {}):
            assert request["body"]["mode"] == "raw"
            assert request["body"]["raw"].strip()
        assert (request.get("auth") == {"type": "noauth"}) == (operation.get("security") == [])
