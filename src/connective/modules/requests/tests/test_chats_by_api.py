"""`PATCH /api/v1/chats/{id}`: a program changes a chat, by the panel's rules, under its name."""

from typing import Any

import pytest

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.chats import Chats
from connective.kit.testing.databases import Database
from connective.kit.testing.people import sign_in

pytestmark = pytest.mark.proves("INT-13", part="changing a chat")


async def key(chats: Chats, *scopes: str, **limits: Any) -> AppClient:
    given = {"name": "CRM", "scopes": list(scopes), **limits}
    made = await chats.shop.admin.post("/api/v1/keys", given)
    assert made.status == 201, made.text
    return chats.app.another(Authorization=f"API-Key {made.json['secret']}")


async def test_a_key_changes_topic_tags_comment_operator_and_closes(chats: Chats) -> None:
    await chats.publish("success", entries=("rating",), chat_closed_alias="rating")
    olena = await chats.operator("Olena")
    request = await chats.connected("c1")
    sales = await chats.topic("sales")
    tag = await chats.shop.admin.post("/api/v1/tags", {"name": "vip"})
    crm = await key(chats, "chats:read", "chats:write")
    path = f"/api/v1/chats/{request['id']}"
    patch = {"subject_id": sales, "tag_ids": [tag.json["id"]], "comment": "Big order"}
    changed = await crm.patch(path, patch | {"operator_id": olena.id})
    assert changed.status == 200, changed.text
    assert changed.json["subject"]["id"] == sales
    assert changed.json["assignee"]["id"] == olena.id
    assert [one["name"] for one in changed.json["tags"]] == ["vip"]
    closed = await crm.patch(path, {"status": "closed"})
    assert closed.status == 200, closed.text
    assert (closed.json["state"], closed.json["closed_by"]) == ("closed", "api")
    await chats.said("at rating: api")
    lines = await chats.log(request["id"])
    assert {line["actor_name"] for line in lines if line["field"] == "comment"} == {"API: CRM"}
    states = [line for line in lines if line["field"] == "state"]
    ended = [line for line in states if "closed" in str(line["new"])]
    assert [line["actor_name"] for line in ended] == ["API: CRM"]
    again = await crm.patch(path, {"status": "closed"})
    assert again.status == 409


@pytest.mark.proves("INT-13", part="filters of chats")
async def test_chats_are_narrowed_by_status_operator_and_time(chats: Chats) -> None:
    await chats.publish("success")
    olena = await chats.operator("Olena")
    first, second = [(await chats.connected(name))["id"] for name in ("c1", "c2")]
    crm = await key(chats, "chats:read", "chats:write")
    taken = await crm.patch(f"/api/v1/chats/{first}", {"operator_id": olena.id})
    assert taken.status == 200, taken.text
    assert (await crm.patch(f"/api/v1/chats/{second}", {"status": "closed"})).status == 200

    async def found(**query: Any) -> set[int]:
        answer = await crm.get("/api/v1/chats", params=query)
        assert answer.status == 200, answer.text
        return {row["id"] for row in answer.json["items"]}

    assert await found(status="closed") == {second}
    assert await found(operator_id=olena.id) == {first}
    began = taken.json["created_at"]
    assert await found(to=began) | {first} == await found(to="2999-01-01T00:00:00Z") - {second}
    assert first in await found(**{"from": began})
    assert await found(**{"from": "2999-01-01T00:00:00Z"}) == set()
    assert (await crm.get("/api/v1/chats?from=yesterday")).status == 422


@pytest.mark.parametrize(
    "patch",
    [
        {"colour": "red"},
        {"status": "asleep"},
        {"subject_id": 999_999},
        {"tag_ids": [999_999]},
        {"operator_id": 999_999},
        {"comment": 5},
    ],
)
async def test_what_does_not_fit_is_refused_by_its_field(
    chats: Chats, patch: dict[str, Any]
) -> None:
    await chats.publish("success")
    request = await chats.connected("c1")
    crm = await key(chats, "chats:write")
    refused = await crm.patch(f"/api/v1/chats/{request['id']}", patch)
    assert refused.status == 422, refused.text
    assert refused.json["errors"][0]["field"].partition("[")[0] == next(iter(patch))


async def test_whoever_may_not_changes_nothing(chats: Chats, db: Database, app: AppClient) -> None:
    await chats.publish("success")
    request = await chats.connected("c1")
    path, patch = f"/api/v1/chats/{request['id']}", {"comment": "x"}
    assert (await app.patch(path, patch)).status == 401
    refused = await (await key(chats, "chats:read")).patch(path, patch)
    assert refused.status == 403
    assert "chats:write" in refused.text
    other = await chats.shop.admin.post("/api/v1/bots", {"name": "Other", "languages": ["en"]})
    limited = await key(chats, "chats:write", bot_ids=[other.json["id"]])
    assert (await limited.patch(path, patch)).status == 404
    sales = await chats.topic("sales")
    foreign = await sign_in(db, app, "administrator", topic_ids=[sales])
    assert (await foreign.client.patch(path, patch)).status == 404
    assert (await chats.rows("c1"))[0]["comment"] == ""


async def test_a_change_of_what_has_changed_meanwhile_is_refused(chats: Chats) -> None:
    await chats.publish("success")
    request = await chats.connected("c1")
    crm = await key(chats, "chats:read", "chats:write")
    path = f"/api/v1/chats/{request['id']}"
    read = (await crm.get(path)).headers["ETag"]
    first = await crm.patch(path, {"comment": "one"}, headers={"If-Match": read})
    assert first.status == 200, first.text
    stale = await crm.patch(path, {"comment": "two"}, headers={"If-Match": read})
    assert (stale.status, stale.json["code"]) == (412, "stale_etag")
    assert (await chats.rows("c1"))[0]["comment"] == "one"
    newer = {"If-Match": first.headers["ETag"]}
    assert (await crm.patch(path, {"comment": "two"}, headers=newer)).status == 200
