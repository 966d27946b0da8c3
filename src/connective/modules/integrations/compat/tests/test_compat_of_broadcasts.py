"""Templates in the compat API: written, narrowed, kept from others, taken out of use."""

from typing import Any

import pytest

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.shop import Shop

pytestmark = pytest.mark.proves("INT-13", part="BrTemplates")
ROOT = "/kw/api/broadcast/BrTemplates"
GIVEN = {"name": "Reminder", "content": {"texts": {"en": "Your order {{number}} is here"}}}


async def rows(caller: AppClient, query: str = "") -> list[dict[str, Any]]:
    answer = await caller.get(f"{ROOT}/get?{query}")
    assert answer.status == 200, answer.text
    data: list[dict[str, Any]] = answer.json["data"]
    return data


async def test_templates_are_made_changed_narrowed_and_taken_out_of_use(shop: Shop) -> None:
    made = await shop.admin.post(f"{ROOT}/set", [GIVEN, GIVEN | {"name": "Sale", "active": False}])
    assert made.status == 200, made.text
    reminder, _ = made.json["data"]
    assert reminder["content"]["texts"] == {"en": "Your order {{number}} is here"}
    assert [row["name"] for row in await rows(shop.admin, "active=true")] == ["Reminder"]
    changed = await shop.admin.post(
        f"{ROOT}/set", {"id": reminder["id"], "bot_ids": [shop.id], "name": "Call"}
    )
    assert (changed.json["data"][0]["version"], changed.json["data"][0]["name"]) == (2, "Call")
    assert [row["name"] for row in await rows(shop.admin, f"bot_ids={shop.id}")] == ["Call"]
    gone = await shop.admin.post(f"{ROOT}/delete", {"id": reminder["id"]})
    assert gone.status == 200, gone.text
    assert [row["name"] for row in await rows(shop.admin, "sort=name")] == ["Sale"]


async def test_what_does_not_fit_or_is_not_ones_own_is_refused(shop: Shop, app: AppClient) -> None:
    bad = await shop.admin.post(f"{ROOT}/set", GIVEN | {"colour": "red"})
    assert (bad.status, bad.json["errors"][0]["field"]) == (422, "colour")
    assert (await shop.admin.get(f"{ROOT}/get?content=x")).status == 422
    made = await shop.admin.post("/api/v1/keys", {"name": "K", "scopes": ["broadcast:send"]})
    key = app.another(Authorization=f"API-Key {made.json['secret']}")
    assert await rows(key) == []
    refused = await key.post(f"{ROOT}/set", GIVEN)
    assert (refused.status, refused.json["code"]) == (403, "scope_needed")
    other = await shop.admin.post("/api/v1/keys", {"name": "K", "scopes": ["bots:read"]})
    stranger = app.another(Authorization=f"API-Key {other.json['secret']}")
    assert (await stranger.get(f"{ROOT}/get")).status == 403
