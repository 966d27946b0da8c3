"""Topics and tags over HTTP."""

import pytest

from connective.kit.context import Ctx
from connective.kit.plugins import Point
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person, sign_in
from connective.modules.topics.schemas import Topic
from connective.modules.topics.service import Use
from connective.modules.topics.service import topics as service

TOPICS, TAGS = "/api/v1/topics", "/api/v1/tags"


async def test_a_topic_is_made_changed_and_found(admin: Person) -> None:
    made = await admin.client.post(TOPICS, {"name": "Billing", "alias": "billing"})
    assert (made.status, made.json["alias"], made.json["active"]) == (201, "billing", True)
    path = f"{TOPICS}/{made.json['id']}"
    tag = {"If-Match": (await admin.client.get(path)).headers["ETag"]}
    changed = await admin.client.patch(path, {"active": False, "color": "red"}, headers=tag)
    assert (changed.status, changed.json["active"], changed.json["color"]) == (200, False, "red")
    assert (await admin.client.patch(path, {"name": "B"}, headers=tag)).status == 412

    await admin.client.post(TOPICS, {"name": "Доставка"})
    found = await admin.client.get(f"{TOPICS}?active=true")
    assert [topic["alias"] for topic in found.json["items"]] == ["dostavka"]
    assert [t["id"] for t in (await admin.client.get(f"{TOPICS}?q=BILL")).json["items"]] == [
        made.json["id"]
    ]


async def test_a_taken_alias_gets_409_with_a_free_one(admin: Person) -> None:
    made = [
        await admin.client.post(TOPICS, {"name": name, "alias": name.lower()})
        for name in ("Sales", "Support")
    ]
    again = await admin.client.post(TOPICS, {"name": "More", "alias": "sales"})
    assert (again.status, again.json["code"]) == (409, "alias_taken")
    assert "sales_2" in again.json["detail"]
    renamed = await admin.client.patch(f"{TOPICS}/{made[1].json['id']}", {"alias": "sales"})
    assert (renamed.status, renamed.json["errors"][0]["field"]) == (409, "alias")


async def test_a_topic_stands_below_another_but_never_below_itself(admin: Person) -> None:
    top = (await admin.client.post(TOPICS, {"name": "Top"})).json["id"]
    low = (await admin.client.post(TOPICS, {"name": "Low", "parent_id": top})).json["id"]
    round_about = await admin.client.patch(f"{TOPICS}/{top}", {"parent_id": low})
    assert (round_about.status, round_about.json["code"]) == (422, "topic_below_itself")
    refused = await admin.client.delete(f"{TOPICS}/{top}")
    assert (refused.status, refused.json["code"]) == (409, "topic_in_use")
    alone = await admin.client.patch(f"{TOPICS}/{low}", {"parent_id": None})
    assert alone.json["parent_id"] is None
    assert (await admin.client.delete(f"{TOPICS}/{top}")).status == 204
    assert (await admin.client.get(f"{TOPICS}/{top}")).status == 404


async def test_a_topic_that_another_feature_uses_stays_and_keeps_its_alias(
    admin: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = (await admin.client.post(TOPICS, {"name": "Billing"})).json

    async def uses(_: Ctx, topic: Topic) -> list[Use]:
        return [Use("Shop: Main", by_alias=True)] if topic.alias == "billing" else []

    point: Point[object] = Point()
    point.offer("scenarios", uses)
    monkeypatch.setattr(service, "USES", point)
    path = f"{TOPICS}/{made['id']}"
    refused = await admin.client.delete(path)
    assert (refused.status, refused.json["code"]) == (409, "topic_in_use")
    assert "Shop: Main" in refused.json["detail"]
    assert (await admin.client.patch(path, {"alias": "bills"})).status == 409
    assert (await admin.client.patch(path, {"name": "Bills"})).status == 200


@pytest.mark.proves("OP-19", part="tags")
async def test_names_of_tags_differ_in_more_than_their_case(admin: Person) -> None:
    made = await admin.client.post(TAGS, {"name": "Постійний клієнт", "color": "#00ff00"})
    assert made.status == 201
    twice = await admin.client.post(TAGS, {"name": "постійний  КЛІЄНТ"})
    assert (twice.status, twice.json["code"]) == (409, "tag_taken")
    path = f"{TAGS}/{made.json['id']}"
    assert (await admin.client.delete(path)).status == 204
    assert (await admin.client.get(f"{TAGS}?active=true")).json["items"] == []
    assert (await admin.client.get(TAGS)).json["items"][0]["active"] is False
    back = await admin.client.patch(path, {"active": True, "name": "VIP"})
    assert (back.json["active"], back.json["name"]) == (True, "VIP")


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        (TOPICS, {"alias": "a"}, "name"),
        (TOPICS, {"name": "A", "alias": "дах"}, "alias"),
        (TOPICS, {"name": "A", "alias": "two words"}, "alias"),
        (TOPICS, {"name": "A", "colour": "red"}, "colour"),
        (TOPICS, {"name": "A", "color": "url(x)"}, "color"),
        (TOPICS, {"name": "A", "parent_id": 99}, "parent_id"),
        (TAGS, {"name": " "}, "name"),
        (TAGS, {"name": "A", "id": 1}, "id"),
    ],
)
async def test_a_wrong_field_of_a_topic_or_tag_is_named(
    admin: Person, path: str, body: dict[str, object], field: str
) -> None:
    refused = await admin.client.post(path, body)
    assert (refused.status, refused.json["errors"][0]["field"]) == (422, field)


async def test_topics_and_tags_ask_for_their_permissions(db: Database, app: AppClient) -> None:
    operator = await sign_in(db, app, "operator")
    analyst = await sign_in(db, app, "analyst")
    for path, permission in ((TOPICS, "topics"), (TAGS, "tags")):
        assert (await app.get(path)).status == 401
        assert (await operator.client.get(path)).status == 200
        refused = await analyst.client.get(path)
        assert refused.status == 403
        assert f"{permission}.view" in refused.json["detail"]
        assert (await operator.client.post(path, {"name": "A"})).status == 403
        assert (await operator.client.patch(f"{path}/1", {"name": "A"})).status == 403
        assert (await operator.client.delete(f"{path}/1")).status == 403


async def test_someone_limited_to_topics_meets_no_other(
    db: Database, app: AppClient, admin: Person
) -> None:
    mine, other = [
        (await admin.client.post(TOPICS, {"name": name})).json["id"] for name in ("A", "B")
    ]
    limited = await sign_in(db, app, "supervisor", topic_ids=[mine])
    seen = await limited.client.get(TOPICS)
    assert [topic["id"] for topic in seen.json["items"]] == [mine]
    assert (await limited.client.get(f"{TOPICS}/{other}")).status == 404
    assert (await limited.client.patch(f"{TOPICS}/{other}", {"name": "C"})).status == 404
    assert (await limited.client.delete(f"{TOPICS}/{other}")).status == 404
    refused = await limited.client.post(TOPICS, {"name": "C"})
    assert (refused.status, refused.json["code"]) == (403, "topics_limited")
