"""The compat API with its first entity, KwBots: reading, filtering, paging, writing, refusing."""

from typing import Any

import pytest
import pytest_asyncio

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person, sign_in

pytestmark = pytest.mark.proves("INT-13", part="KwBots")
GET = "/kw/api/general/KwBots/get"


@pytest_asyncio.fixture
async def bots(admin: Person, app: AppClient) -> AppClient:
    """Three bots; the caller holds the default key of none, but a key of all."""
    for name, languages in (("Shop", ["en", "uk"]), ("Bank", ["uk"]), ("Cafe_1", ["en"])):
        made = await admin.client.post("/api/v1/bots", {"name": name, "languages": languages})
        assert made.status == 201, made.text
    made = await admin.client.post(
        "/api/v1/keys", {"name": "CRM", "scopes": ["bots:read", "bots:write"]}
    )
    return app.another(Authorization=f"API-Key {made.json['secret']}")


async def names(caller: AppClient, query: str = "") -> list[str]:
    answer = await caller.get(f"{GET}?{query}")
    assert answer.status == 200, answer.text
    return [row["name"] for row in answer.json["data"]]


async def test_a_page_of_bots_has_data_and_meta(bots: AppClient) -> None:
    answer = await bots.get(f"{GET}?sort=name&limit=2")
    assert answer.status == 200, answer.text
    assert answer.json["status"] == "success"
    assert [row["name"] for row in answer.json["data"]] == ["Bank", "Cafe_1"]
    meta = answer.json["meta"]
    assert (meta["total"], meta["limit"], meta["offset"]) == (3, 2, 0)
    bank = answer.json["data"][0]
    assert set(bank) == {
        *("id", "name", "alias", "active", "languages", "timezone", "test_mode", "error_text"),
        *("created_at", "updated_at"),
    }
    rest = await bots.get(f"{GET}?sort=name&limit=2&cursor={meta['next_cursor']}")
    assert [row["name"] for row in rest.json["data"]] == ["Shop"]
    assert rest.json["meta"]["next_cursor"] is None
    assert await names(bots, "sort=-name&offset=1") == ["Cafe_1", "Bank"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("name=Shop", ["Shop"]),
        ("name__ne=Shop", ["Bank", "Cafe_1"]),
        ("name__in=Shop,Bank", ["Bank", "Shop"]),
        ("name__like=HO", ["Shop"]),
        ("name__like=%25k", ["Bank"]),
        ("name__like=%5C", []),
        ("name__gt=Bank&name__lte=Cafe_1", ["Cafe_1"]),
        ("active=false", ["Bank", "Cafe_1", "Shop"]),
        ("active=1", []),
        ("languages=uk", ["Bank", "Shop"]),
        ("languages__ne=uk", ["Cafe_1"]),
        ("languages__in=en,fr", ["Cafe_1", "Shop"]),
        ("error_text__isnull=true", []),
        ("created_at__gte=2020-01-01T00:00:00Z&created_at__lt=2021-01-01", []),
        ("created_at__gte=2020-01-01", ["Bank", "Cafe_1", "Shop"]),
        ("id__in=", None),
    ],
)
async def test_filters_choose_rows(bots: AppClient, query: str, found: list[str] | None) -> None:
    if found is None:
        assert (await bots.get(f"{GET}?{query}")).status == 422
    else:
        assert await names(bots, f"sort=name&{query}") == found


async def test_fields_and_includes_shape_the_rows(bots: AppClient) -> None:
    answer = await bots.get(f"{GET}?fields=id,name&include=channels&name=Shop")
    assert list(answer.json["data"][0]) == ["id", "name", "channels"]
    assert answer.json["data"][0]["channels"] == []


async def test_a_question_may_be_posted(bots: AppClient) -> None:
    answer = await bots.post(
        f"{GET}?sort=name&limit=1", {"limit": 2, "name__in": ["Shop", "Bank"], "fields": ["name"]}
    )
    assert answer.json["data"] == [{"name": "Bank"}, {"name": "Shop"}]
    count = await bots.get("/kw/api/general/KwBots/count?name__ne=Shop")
    assert count.json == {"count": 2, "status": "success"}


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("colour=red", "colour"),
        ("name__near=x", "name__near"),
        ("active__like=x", "active__like"),
        ("error_text=x", "error_text"),
        ("languages__gt=en", "languages__gt"),
        ("id=one", "id"),
        ("id=9223372036854775808", "id"),
        ("active=perhaps", "active"),
        ("created_at=yesterday", "created_at"),
        ("name=%00", "name"),
        ("limit=0", "limit"),
        ("limit=501", "limit"),
        ("offset=-1", "offset"),
        ("fields=id,secret", "fields"),
        ("include=keys", "include"),
        ("sort=languages", "sort"),
        ("cursor=nonsense", "cursor"),
        ("cursor=WyJpZCIsMV0&offset=1", "offset"),
    ],
)
async def test_what_does_not_fit_is_named(bots: AppClient, query: str, field: str) -> None:
    refused = await bots.get(f"{GET}?{query}")
    assert refused.status == 422, refused.text
    assert set(refused.json) == {"status", "code", "message", "errors", "request_id"}
    assert refused.json["status"] == "error"
    assert refused.json["errors"][0]["field"] == field


async def test_a_limit_out_of_range_is_told_as_documented(bots: AppClient) -> None:
    refused = await bots.get(f"{GET}?limit=900")
    assert refused.json["errors"] == [{"field": "limit", "message": "1-500", "code": "not_between"}]


async def test_a_cursor_of_another_order_finds_nothing(bots: AppClient) -> None:
    first = await bots.get(f"{GET}?sort=-name&limit=1")
    cursor = first.json["meta"]["next_cursor"]
    assert await names(bots, f"sort=-name&cursor={cursor}") == ["Cafe_1", "Bank"]
    assert (await bots.get(f"{GET}?sort=-id&cursor={cursor}")).status in (200, 422)
    assert await names(bots, f"sort=name&cursor={cursor}") == []


async def test_who_may_not_read_is_told_why(bots: AppClient, app: AppClient, admin: Person) -> None:
    assert (await app.another().get(GET)).status == 401
    assert (await app.another(Authorization="API-Key nonsense").get(GET)).status == 401
    made = await admin.client.post("/api/v1/keys", {"name": "no", "scopes": ["chats:read"]})
    refused = await app.another(Authorization=f"API-Key {made.json['secret']}").get(GET)
    assert (refused.status, refused.json["code"]) == (403, "scope_needed")
    assert "bots:read" in refused.json["message"]
    unknown = await bots.get("/kw/api/general/KwNothing/get")
    assert (unknown.status, unknown.json["code"]) == (404, "entity_not_found")
    assert (await bots.get("/kw/api/general/KwBots/shuffle")).status == 404


async def test_rows_of_other_bots_are_not_there(
    bots: AppClient, app: AppClient, admin: Person, db: Database
) -> None:
    mine = await db.value("SELECT id FROM bots WHERE name = 'Shop'")
    other = await db.value("SELECT id FROM bots WHERE name = 'Bank'")
    made = await admin.client.post(
        "/api/v1/keys", {"name": "one", "bot_ids": [mine], "scopes": ["bots:read", "bots:write"]}
    )
    limited = app.another(Authorization=f"API-Key {made.json['secret']}")
    assert await names(limited) == ["Shop"]
    assert await names(limited, f"id={other}") == []
    assert (await limited.get("/kw/api/general/KwBots/count")).json["count"] == 1
    foreign = await limited.post("/kw/api/general/KwBots/set", {"id": other, "name": "Mine"})
    assert foreign.status == 404
    person = await sign_in(db, app, "integrator", bot_ids=[other])
    assert await names(person.client) == ["Bank"]


async def test_set_makes_and_changes_and_delete_archives(bots: AppClient) -> None:
    made = await bots.post(
        "/kw/api/general/KwBots/set", [{"name": "New"}, {"name": "Newer", "languages": ["uk"]}]
    )
    assert made.status == 200, made.text
    first, second = made.json["data"]
    assert (first["name"], second["languages"]) == ("New", ["uk"])
    changed = await bots.post("/kw/api/general/KwBots/set", {"id": first["id"], "name": "Renamed"})
    assert [row["name"] for row in changed.json["data"]] == ["Renamed"]
    gone = await bots.post("/kw/api/general/KwBots/delete", {"id": first["id"]})
    assert gone.json == {"data": [{"id": first["id"]}], "status": "success"}
    assert await names(bots, "name=Renamed") == []
    again = await bots.post("/kw/api/general/KwBots/delete", {"id": first["id"]})
    assert again.status == 404


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ([{"name": "Fine"}, {"name": ""}], 422, "[1].name"),
        ([{"name": "Fine"}, {"name": "x", "colour": 1}], 422, "[1].colour"),
        ([{"name": "Fine"}, 5], 422, "[1]"),
        ({"id": "x", "name": "Fine"}, 422, "id"),
        ({"id": 0, "name": "Fine"}, 404, None),
        ([{"name": "Fine"}] * 501, 422, ""),
        ({"name": "Fine", "alias": "shop"}, 409, "alias"),
    ],
)
async def test_a_refused_set_changes_nothing(
    bots: AppClient, body: Any, status: int, field: str | None
) -> None:
    refused = await bots.post("/kw/api/general/KwBots/set", body)
    assert refused.status == status, refused.text
    if field is not None:
        assert refused.json["errors"][0]["field"] == field
    assert await names(bots, "name=Fine") == []


async def test_writing_needs_its_own_scope(bots: AppClient, app: AppClient, admin: Person) -> None:
    made = await admin.client.post("/api/v1/keys", {"name": "reads", "scopes": ["bots:read"]})
    reads = app.another(Authorization=f"API-Key {made.json['secret']}")
    for op, body in (("set", {"name": "x"}), ("delete", {"id": 1})):
        refused = await reads.post(f"/kw/api/general/KwBots/{op}", body)
        assert (refused.status, refused.json["code"]) == (403, "scope_needed")
        assert "bots:write" in refused.json["message"]
    broken = await bots.request("POST", "/kw/api/general/KwBots/set", data=b"{no")
    assert (broken.status, broken.json["code"]) == (400, "bad_json")
    unfit: list[Any] = [{}, {"id": 1, "name": "x"}, {"id": "x"}, [1]]
    for given in unfit:
        assert (await bots.post("/kw/api/general/KwBots/delete", given)).status == 422
