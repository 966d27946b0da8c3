"""Bots over HTTP: statuses, bodies and headers of P-04 and P-05."""

import pytest

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person, sign_in


@pytest.mark.proves("SE-19", part="create")
async def test_a_bot_is_created_activated_and_opened_by_its_key(
    admin: Person, app: AppClient
) -> None:
    body = {"name": "Мій бот", "languages": ["uk", "en"]}
    made = await admin.client.post("/api/v1/bots", body)
    assert made.status == 201
    assert (made.json["alias"], made.json["active"]) == ("mii_bot", False)
    path = f"/api/v1/bots/{made.json['id']}"

    on = await admin.client.post(f"{path}/activate")
    assert (on.status, on.json["active"]) == (200, True)
    assert "bot_no_scenario" in [warning["code"] for warning in on.json["warnings"]]
    assert "api_key" not in (await admin.client.get(path)).json
    key = app.another(Authorization=f"API-Key {made.json['api_key']}")
    assert (await key.get(path)).json["name"] == "Мій бот"
    assert (await key.get(f"/api/v1/bots/{made.json['id'] + 1}")).status == 404
    refused = await key.post(f"{path}/deactivate")
    assert (refused.status, refused.json["code"]) == (403, "scope_needed")


@pytest.mark.proves("SE-19", part="create")
@pytest.mark.proves("SE-03", part="bad input")
async def test_a_taken_alias_gets_409_naming_the_field(admin: Person) -> None:
    await admin.client.post("/api/v1/bots", {"name": "One", "alias": "shop"})
    taken = await admin.client.post("/api/v1/bots", {"name": "Two", "alias": "shop"})
    assert (taken.status, taken.json["code"]) == (409, "alias_taken")
    assert taken.json["errors"][0]["field"] == "alias"
    assert "shop_2" in taken.json["detail"]


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({}, "name", "missing"),
        ({"name": "   "}, "name", "string_too_short"),
        ({"name": "a", "alias": "Shop!"}, "alias", "string_pattern_mismatch"),
        ({"name": "a", "languages": []}, "languages", "too_short"),
        ({"name": "a", "languages": ["xx"]}, "languages[0]", "unknown_language"),
        ({"name": "a", "languages": ["en", "en"]}, "languages", "named_twice"),
        ({"name": "a", "timezone": "Mars/Base"}, "timezone", "unknown_timezone"),
        ({"name": "a", "active": True}, "active", "extra_forbidden"),
    ],
)
async def test_a_wrong_field_is_named(
    admin: Person, body: dict[str, object], field: str, code: str
) -> None:
    refused = await admin.client.post("/api/v1/bots", body)
    assert refused.status == 422
    assert [(e["field"], e["code"]) for e in refused.json["errors"]] == [(field, code)]


@pytest.mark.proves("SE-20", part="list")
async def test_the_list_filters_inactive_bots_and_shows_channels(admin: Person) -> None:
    ids = [
        (await admin.client.post("/api/v1/bots", {"name": name})).json["id"] for name in ("A", "B")
    ]
    await admin.client.post(f"/api/v1/bots/{ids[0]}/activate")

    found = await admin.client.get("/api/v1/bots?active=false&count=1&sort=-name")
    assert [bot["id"] for bot in found.json["items"]] == [ids[1]]
    assert (found.json["total"], found.json["items"][0]["channels"]) == (1, [])
    assert (await admin.client.get("/api/v1/bots?sort=size")).status == 422
    assert (await admin.client.get("/api/v1/bots?cursor=nonsense")).status == 422


async def test_a_change_from_a_stale_copy_is_refused(admin: Person) -> None:
    made = await admin.client.post("/api/v1/bots", {"name": "Shop"})
    path = f"/api/v1/bots/{made.json['id']}"
    tag = {"If-Match": (await admin.client.get(path)).headers["ETag"]}

    assert (await admin.client.patch(path, {"name": "Store"}, headers=tag)).status == 200
    stale = await admin.client.patch(path, {"name": "Mall"}, headers=tag)
    assert (stale.status, stale.json["code"]) == (412, "stale_etag")
    assert (await admin.client.delete(path, headers=tag)).status == 412
    assert (await admin.client.delete(path)).status == 204
    assert (await admin.client.get(path)).status == 404
    assert (await admin.client.get("/api/v1/bots/99999999999999999999")).status == 422


async def test_whoever_lacks_the_permission_is_told_which(db: Database, app: AppClient) -> None:
    operator = await sign_in(db, app, "operator")
    refused = await operator.client.get("/api/v1/bots")
    assert (refused.status, refused.json["code"]) == (403, "permission_needed")
    assert "bots.view" in refused.json["detail"]
    assert (await app.get("/api/v1/bots")).status == 401
