"""People, roles and constants in the compat API: read, narrowed, written, kept from others."""

from typing import Any

import pytest

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person, sign_in
from connective.kit.testing.shop import Node, Shop

pytestmark = pytest.mark.proves("INT-13", part="people, roles and constants")
GENERAL = "/kw/api/general"
ANN = {"first_name": "Ann", "last_name": "Lee", "email": "ann@example.com", "role": "operator"}


async def rows(caller: AppClient, entity: str, query: str = "") -> list[dict[str, Any]]:
    answer = await caller.get(f"{GENERAL}/{entity}/get?{query}")
    assert answer.status == 200, answer.text
    data: list[dict[str, Any]] = answer.json["data"]
    return data


async def key(admin: Person, app: AppClient, *scopes: str, **limits: Any) -> AppClient:
    given = {"name": "HR", "scopes": list(scopes), **limits}
    made = await admin.client.post("/api/v1/keys", given)
    assert made.status == 201, made.text
    return app.another(Authorization=f"API-Key {made.json['secret']}")


async def test_people_are_made_changed_read_and_shut_out(admin: Person, app: AppClient) -> None:
    made = await admin.client.post(f"{GENERAL}/KwUsers/set", ANN)
    assert made.status == 200, made.text
    (ann,) = made.json["data"]
    assert (ann["name"], ann["role"], ann["active"]) == ("Ann Lee", "operator", True)
    changed = await admin.client.post(
        f"{GENERAL}/KwUsers/set", {"id": ann["id"], "role": "supervisor"}
    )
    assert changed.json["data"][0]["role"] == "supervisor"
    reads = await key(admin, app, "users:read")
    (found,) = await rows(reads, "KwUsers", "email=ann@example.com&include=role_details")
    assert found["role_details"]["alias"] == "supervisor"
    assert [r["id"] for r in await rows(reads, "KwUsers", "role=supervisor&name__like=lee")] == [
        ann["id"]
    ]
    assert not {"password_hash", "totp_secret", "group_ids"} & set(found)
    gone = await admin.client.post(f"{GENERAL}/KwUsers/delete", {"id": ann["id"]})
    assert gone.status == 200, gone.text
    assert await rows(reads, "KwUsers", "active=true&email=ann@example.com") == []


async def test_a_repeated_set_with_one_key_makes_one_person(admin: Person) -> None:
    headers = {"Idempotency-Key": "hr-77"}
    first = await admin.client.post(f"{GENERAL}/KwUsers/set", ANN, headers=headers)
    again = await admin.client.post(f"{GENERAL}/KwUsers/set", ANN, headers=headers)
    assert (first.status, again.status) == (200, 200)
    assert first.body == again.body
    assert again.headers["Idempotency-Replayed"] == "true"


async def test_nobody_gives_more_than_he_may(admin: Person, app: AppClient) -> None:
    writes = await key(admin, app, "users:read", "users:write")
    refused = await writes.post(f"{GENERAL}/KwUsers/set", ANN | {"role": "administrator"})
    assert (refused.status, refused.json["code"]) == (403, "grants_too_much")
    reads = await key(admin, app, "users:read")
    for op, body in (("set", ANN), ("delete", {"id": admin.id})):
        denied = await reads.post(f"{GENERAL}/KwUsers/{op}", body)
        assert (denied.status, denied.json["code"]) == (403, "scope_needed")
    bad = await admin.client.post(f"{GENERAL}/KwUsers/set", ANN | {"email": "nobody"})
    assert (bad.status, bad.json["code"]) == (422, "validation_error")
    assert bad.json["errors"][0]["field"] == "email"


async def test_roles_are_read_with_their_rights_and_are_read_only(admin: Person) -> None:
    (role,) = await rows(admin.client, "KwRoles", "alias=administrator&include=users")
    assert "users.edit" in role["permissions"]
    assert role["users"] == 1
    answer = await admin.client.post(f"{GENERAL}/KwRoles/set", {"id": role["id"], "name": "x"})
    assert (answer.status, answer.json["code"]) == (404, "entity_read_only")


async def test_constants_of_the_active_scenario_are_read_and_secret_ones_masked(
    shop: Shop, app: AppClient, db: Database
) -> None:
    constants = [
        {"key": "hello", "values": {"en": "Good day"}},
        {"key": "token", "values": {"en": "s3cr3t"}, "secret": True},
    ]
    nodes: list[Node] = [(1, "start", {}), (2, "message", {"text": "Hi"})]
    await shop.publish(nodes, [(1, "next", 2)], constants=constants)
    hello, token = await rows(shop.admin, "KwConstants", "sort=key")
    assert (hello["key"], hello["values"], hello["secret"]) == ("hello", {"en": "Good day"}, False)
    assert (token["values"], token["secret"]) == ({"en": "***"}, True)
    assert await rows(shop.admin, "KwConstants", f"id={hello['id']}&bot_id={shop.id}") == [hello]
    await shop.publish(nodes, [(1, "next", 2)], constants=constants[::-1])
    again = await rows(shop.admin, "KwConstants", "key=hello")
    assert [row["id"] for row in again] == [hello["id"]]
    foreign = await sign_in(db, app, "integrator", bot_ids=[shop.id + 1])
    assert await rows(foreign.client, "KwConstants") == []
    assert (await shop.admin.get(f"{GENERAL}/KwConstants/get?values=x")).status == 422
