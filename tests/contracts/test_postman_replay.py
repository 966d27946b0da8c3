"""The Postman collection as a person uses it: fill in the key, press Send at each request."""

from typing import Any

import aiohttp
import pytest

from connective.kit.auth_policy import RULES
from connective.kit.testing.app_client import Answer
from connective.kit.testing.shop import Shop

# It does not end.
ENDLESS = "/api/v1/events"
# What an example that cannot be sent as it stands is refused with.
FORM = {"missing", "extra_forbidden", "bad_json", "unknown_parameter", "method_not_allowed"}


def requests(collection: dict[str, Any]) -> list[dict[str, Any]]:
    found = [item["request"] for folder in collection["item"] for item in folder["item"]]
    # what ends logins and keys goes last
    return sorted(found, key=lambda one: (one["method"] == "DELETE", "auth" in one["url"]["raw"]))


def address(url: dict[str, Any], variables: dict[str, str]) -> str:
    """As Postman fills it in: variables in braces, places after colons, what is switched on."""
    places = {f":{one['key']}": one["value"] for one in url["variable"]}
    path = "/".join([*url["host"], *(places.get(part, part) for part in url["path"])])
    asked = "&".join(f"{q['key']}={q['value']}" for q in url["query"] if not q.get("disabled"))
    for name, value in variables.items():
        path = path.replace(f"{{{{{name}}}}}", value)
    return f"{path}?{asked}" if asked else path


def signed(collection: dict[str, Any], request: dict[str, Any], key: str) -> dict[str, str]:
    auth = request.get("auth", collection["auth"])
    if auth["type"] == "noauth":
        return {}
    parts = {one["key"]: one["value"] for one in auth["apikey"]}
    assert parts["in"] == "header"
    return {parts["key"]: parts["value"].replace("{{apiKey}}", key)}


def body(request: dict[str, Any]) -> Any:
    """Text as it stands; of a form its fields, and for each file one that the person chose."""
    told = request.get("body", {"mode": "raw"})
    if told["mode"] == "raw":
        return told.get("raw")
    form = aiohttp.FormData()
    for part in told["formdata"]:
        if part["type"] == "file":
            form.add_field(part["key"], b"hello", filename="hello.txt", content_type="text/plain")
        else:
            form.add_field(part["key"], part["value"])
    return form


def codes(answer: Answer) -> set[str]:
    if not answer.body.startswith(b"{") or answer.status < 400 or "code" not in answer.json:
        return set()
    return {answer.json["code"], *(error["code"] for error in answer.json.get("errors", ()))}


@pytest.mark.proves("INT-15", part="Postman collection")
async def test_each_request_of_the_collection_can_be_sent_as_it_stands(shop: Shop) -> None:
    scopes = sorted({rule.scope for rule in RULES.values() if rule.scope})
    made = await shop.admin.post("/api/v1/keys", {"name": "Postman", "scopes": scopes})
    collection = (await shop.admin.get("/api-docs/postman.json")).json
    variables = {one["key"]: one["value"] for one in collection["variable"]}
    assert (set(variables), variables["baseUrl"]) == ({"baseUrl", "apiKey"}, shop.admin.url)
    caller, faults = shop.admin.another(), []
    for request in requests(collection):
        url = address(request["url"], variables)
        if url.endswith(ENDLESS):
            continue
        headers = {one["key"]: one["value"] for one in request["header"]}
        headers |= signed(collection, request, made.json["secret"])
        given = body(request)
        answer = await caller.request(request["method"], url, headers=headers, data=given)
        if answer.status >= 500 or answer.status in (400, 405, 415) or codes(answer) & FORM:
            faults.append(f"{request['method']} {url}: {answer.status} {answer.text[:300]} {given}")
    assert not faults, "\n".join(faults)
