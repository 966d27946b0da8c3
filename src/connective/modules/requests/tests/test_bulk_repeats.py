"""A bulk change that is sent twice under one key is done once."""

import pytest

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.chats import Chats
from connective.kit.testing.databases import Database
from connective.kit.testing.shop import Shop

pytestmark = pytest.mark.proves("INT-13", part="Idempotency-Key")
BULK = "/api/v1/requests/bulk"


async def test_a_repeat_gets_the_first_answer_and_changes_nothing(
    db: Database, app: AppClient, shop: Shop
) -> None:
    chats = await Chats.open(db, app, shop)
    await chats.publish("success")
    request = await chats.connected("c1")
    tag = (await shop.admin.post("/api/v1/tags", {"name": "vip"})).json["id"]
    asked = {"ids": [request["id"]], "tags": {"add": [tag]}}
    headers = {"Idempotency-Key": "night-run"}
    first = await shop.admin.post(BULK, asked, headers=headers)
    assert (first.status, first.json["done"]) == (200, 1)
    path = f"/api/v1/requests/{request['id']}"
    assert (await shop.admin.patch(path, {"tag_ids": []})).status == 200
    again = await shop.admin.post(BULK, asked, headers=headers)
    assert again.body == first.body
    assert again.headers["Idempotency-Replayed"] == "true"
    assert (await chats.rows("c1"))[0]["tag_ids"] == []
    other = await shop.admin.post(BULK, asked | {"tags": {"remove": [tag]}}, headers=headers)
    assert (other.status, other.json["code"]) == (422, "idempotency_mismatch")
    refused = await app.post(BULK, asked, headers=headers)
    assert refused.status == 401
