"""Groups of bots over HTTP: made, changed, deleted, and bots put into them."""

from typing import Any

import pytest

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.people import Person

pytestmark = pytest.mark.proves("SE-20", part="groups")
GROUPS = "/api/v1/bot-groups"


async def group(admin: Person, name: str, **more: str) -> dict[str, Any]:
    made = await admin.client.post(GROUPS, {"name": name, **more})
    assert made.status == 201
    found: dict[str, Any] = made.json
    return found


async def bot(admin: Person, name: str, group_id: int | None = None) -> dict[str, Any]:
    made = await admin.client.post("/api/v1/bots", {"name": name, "group_id": group_id})
    assert made.status == 201
    found: dict[str, Any] = made.json
    return found


async def test_bots_stand_in_groups_by_which_the_list_filters_and_sorts(admin: Person) -> None:
    shops = await group(admin, "Shops", color="teal")
    banks = await group(admin, "banks")
    made = [
        await bot(admin, n, g) for n, g in (("A", shops["id"]), ("B", banks["id"]), ("C", None))
    ]

    async def names(question: str) -> list[str]:
        found = await admin.client.get(f"/api/v1/bots?{question}")
        return [one["name"] for one in found.json["items"]]

    assert await names("sort=group") == ["C", "B", "A"]
    assert await names("sort=-group") == ["A", "B", "C"]
    assert await names(f"group_id={shops['id']}") == ["A"]
    first = (await admin.client.get("/api/v1/bots?sort=group&limit=2")).json
    assert await names(f"sort=group&limit=2&cursor={first['next_cursor']}") == ["A"]

    path = f"/api/v1/bots/{made[0]['id']}"
    moved = await admin.client.patch(path, {"group_id": banks["id"]})
    assert moved.json["group_id"] == banks["id"]
    assert (await admin.client.patch(path, {"name": "A2"})).json["group_id"] == banks["id"]
    found = (await admin.client.get(GROUPS)).json["items"]
    assert [(one["name"], one["color"], one["bots"]) for one in found] == [
        ("banks", "", 2),
        ("Shops", "teal", 0),
    ]
    out = await admin.client.patch(path, {"group_id": None})
    assert out.json["group_id"] is None


async def test_a_deleted_group_leaves_its_bots(admin: Person) -> None:
    shops = await group(admin, "Shops")
    made = await bot(admin, "A", shops["id"])
    assert (await admin.client.delete(f"{GROUPS}/{shops['id']}")).status == 204
    assert (await admin.client.get(f"{GROUPS}/{shops['id']}")).status == 404
    found = await admin.client.get(f"/api/v1/bots/{made['id']}")
    assert (found.status, found.json["group_id"]) == (200, None)


async def test_a_name_is_taken_in_whatever_case_and_a_stale_change_refused(admin: Person) -> None:
    shops = await group(admin, "Shops")
    banks = await group(admin, "Banks")
    taken = await admin.client.post(GROUPS, {"name": "SHOPS"})
    assert (taken.status, taken.json["errors"][0]["field"]) == (409, "name")
    path = f"{GROUPS}/{banks['id']}"
    assert (await admin.client.patch(path, {"name": "shops"})).json["code"] == "bot_group_taken"
    tag = {"If-Match": (await admin.client.get(path)).headers["ETag"]}
    renamed = await admin.client.patch(path, {"name": "BANKS"}, headers=tag)
    assert (renamed.status, renamed.json["name"]) == (200, "BANKS")
    assert (await admin.client.delete(path, headers=tag)).status == 412
    assert shops["bots"] == 0


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "A", "color": "#12"}, "color"),
        ({"name": "A", "x": 1}, "x"),
    ],
)
async def test_a_wrong_field_of_a_group_is_named(
    admin: Person, body: dict[str, object], field: str
) -> None:
    refused = await admin.client.post(GROUPS, body)
    assert (refused.status, refused.json["errors"][0]["field"]) == (422, field)


async def test_a_bot_takes_no_group_that_is_not_there(admin: Person) -> None:
    made = await bot(admin, "A")
    for refused in (
        await admin.client.post("/api/v1/bots", {"name": "B", "group_id": 999}),
        await admin.client.patch(f"/api/v1/bots/{made['id']}", {"group_id": 999}),
    ):
        assert (refused.status, refused.json["code"]) == (422, "unknown_bot_group")
        assert refused.json["errors"][0]["field"] == "group_id"


async def test_whoever_sees_some_bots_sees_their_groups_alone_and_changes_none(
    admin: Person, app: AppClient
) -> None:
    mine, other = await group(admin, "Mine"), await group(admin, "Other")
    made = await bot(admin, "A", mine["id"])
    for name in ("B", "C"):
        await bot(admin, name, other["id"])
    scopes = ["bots:read", "bots:write"]
    asked = {"name": "One bot", "bot_ids": [made["id"]], "scopes": scopes}
    secret = (await admin.client.post("/api/v1/keys", asked)).json["secret"]
    key = app.another(Authorization=f"API-Key {secret}")

    seen = (await key.get(GROUPS)).json["items"]
    assert [(one["name"], one["bots"]) for one in seen] == [("Mine", 1)]
    assert (await key.get(f"{GROUPS}/{other['id']}")).status == 404
    for refused in (
        await key.post(GROUPS, {"name": "New"}),
        await key.patch(f"{GROUPS}/{mine['id']}", {"name": "New"}),
        await key.delete(f"{GROUPS}/{mine['id']}"),
    ):
        assert (refused.status, refused.json["code"]) == (403, "bot_groups_limited")
    path = f"/api/v1/bots/{made['id']}"
    assert (await key.patch(path, {"group_id": other["id"]})).status == 422
