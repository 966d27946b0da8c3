"""Every route of the life of chats asks who calls, for which bot, and takes no unknown field."""

from typing import Any, NamedTuple

import pytest
import pytest_asyncio

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.chats import Chats
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person
from connective.kit.testing.receiver import Receiver
from connective.kit.testing.shop import Shop


class Route(NamedTuple):
    """A call that would be taken of somebody with the right; `lacks` is a role without it."""

    method: str
    path: str
    body: dict[str, Any]
    lacks: str = "analyst"


REQUEST = "/api/v1/requests/{request}"
ROUTES = [
    Route("POST", f"{REQUEST}/take", {}, "light_agent"),
    Route("POST", f"{REQUEST}/assign", {}, "operator"),
    Route("POST", f"{REQUEST}/transfer", {"to": "bot"}, "light_agent"),
    Route("POST", f"{REQUEST}/close", {}, "light_agent"),
    Route("POST", f"{REQUEST}/reopen", {}, "operator"),
    Route("PATCH", REQUEST, {"comment": "x"}, "light_agent"),
    Route("POST", f"{REQUEST}/block", {"reason": "spam"}, "light_agent"),
    Route("POST", "/api/v1/dialogs/{dialog}/takeover", {}, "light_agent"),
]
OF_CHATS = [Route(r.method, r.path.replace("/requests/", "/chats/"), r.body) for r in ROUTES[:-1]]
NAMES = [route.path.rpartition("/")[2] for route in ROUTES]


class Scene(NamedTuple):
    chats: Chats
    request: int
    dialog: int
    other: Shop

    def path(self, route: Route) -> str:
        return route.path.format(request=self.request, dialog=self.dialog)

    async def call(self, client: AppClient, route: Route, **more: Any) -> Any:
        body = {**route.body, **more}
        return await getattr(client, route.method.lower())(self.path(route), body)


@pytest_asyncio.fixture
async def scene(db: Database, app: AppClient, shop: Shop, receiver: Receiver) -> Scene:
    chats = await Chats.open(db, app, shop)
    await chats.publish("success")
    request = await chats.connected()
    other = await Shop.open(shop.admin, app, receiver)
    return Scene(chats, request["id"], request["dialog_id"], other)


@pytest.mark.parametrize("route", ROUTES, ids=NAMES)
async def test_without_login_right_or_bot_nobody_gets_through(scene: Scene, route: Route) -> None:
    chats = scene.chats
    assert (await scene.call(chats.app, route)).status == 401
    refused = await scene.call((await chats.operator("No", role=route.lacks)).client, route)
    assert refused.status == 403, refused.text
    role = "supervisor"
    foreign: Person = await chats.operator("Far", role=role, bot_ids=[scene.other.id])
    hidden = await scene.call(foreign.client, route)
    assert (hidden.status, hidden.json["code"]) == (404, "not_found")
    elsewhere = await chats.topic("elsewhere")
    of_topic = await chats.operator("Topic", role=role, topic_ids=[elsewhere])
    if "takeover" not in route.path:
        assert (await scene.call(of_topic.client, route)).status == 404
    (row,) = await chats.rows()
    assert (row["state"], row["assignee_id"], row["comment"]) == ("new", None, "")


@pytest.mark.parametrize("route", ROUTES, ids=NAMES)
async def test_an_unknown_field_is_refused(scene: Scene, route: Route) -> None:
    answer = await scene.call(scene.chats.shop.admin, route, surprise=1)
    assert answer.status == 422, answer.text
    assert answer.json["errors"][0]["field"] == "surprise"


@pytest.mark.parametrize("route", [*ROUTES, *OF_CHATS], ids=lambda route: route.path)
async def test_what_does_not_exist_is_not_found(scene: Scene, route: Route) -> None:
    missing = scene._replace(request=999_999, dialog=999_999)
    answer = await missing.call(scene.chats.shop.admin, route)
    assert answer.status == 404, answer.text


async def test_an_operators_chat_is_not_anothers_to_lead(scene: Scene) -> None:
    chats = scene.chats
    olena, petro = await chats.operator("Olena"), await chats.operator("Petro")
    await chats.done(olena, scene.request, "take")
    for verb, body in (("close", {}), ("transfer", {"to": "bot"})):
        assert (await chats.act(petro, scene.request, verb, **body)).status == 404
    await chats.db.execute("UPDATE requests SET participants = participants || $1", [petro.id])
    for verb, body in (("close", {}), ("transfer", {"to": "bot"})):
        refused = await chats.act(petro, scene.request, verb, **body)
        assert (refused.status, refused.json["code"]) == (403, "not_your_chat")


async def test_topic_tags_and_comment_are_changed_and_logged(scene: Scene) -> None:
    chats, admin = scene.chats, scene.chats.shop.admin
    tag = (await admin.post("/api/v1/tags", {"name": "vip"})).json["id"]
    topic_id = await chats.topic("refunds")
    path = f"/api/v1/requests/{scene.request}"
    given = {"subject_id": topic_id, "tag_ids": [tag], "comment": "asked twice", "weight": 5}
    answer = await admin.patch(path, given)
    assert answer.status == 200, answer.text
    shown = answer.json
    assert (shown["subject"]["id"], shown["comment"], shown["weight"]) == (
        topic_id,
        "asked twice",
        5,
    )
    assert [one["id"] for one in shown["tags"]] == [tag]
    assert {line["field"] for line in await chats.log(scene.request)} >= {
        "subject_id",
        "tag_ids",
        "comment",
        "weight",
    }
    await chats.db.execute("UPDATE topics SET active = false WHERE id = $1", topic_id)
    await admin.patch(path, {"subject_id": None})
    refused = await admin.patch(path, {"subject_id": topic_id})
    assert (refused.status, refused.json["code"]) == (422, "topic_inactive")
    unknown = await admin.patch(path, {"tag_ids": [tag, 777]})
    assert (unknown.status, unknown.json["code"]) == (422, "unknown_tags")
    assert "777" in unknown.json["detail"]
    many = await admin.patch(path, {"tag_ids": list(range(1, 22))})
    assert many.status == 422


async def test_a_program_closes_a_chat_under_its_own_name(scene: Scene) -> None:
    chats = scene.chats
    keys = {"name": "CRM", "scopes": ["chats:read", "chats:write"]}
    made = await chats.shop.admin.post("/api/v1/keys", keys)
    assert made.status == 201, made.text
    client = chats.app.another(Authorization=f"API-Key {made.json['secret']}")
    path = f"/api/v1/chats/{scene.request}"
    taken = await client.post(f"{path}/take", {})
    assert (taken.status, taken.json["code"]) == (422, "not_an_operator")
    closed = await client.patch(path, {"status": "closed", "comment": "by the CRM"})
    assert (closed.status, closed.json["closed_by"]) == (200, "api")
    names = {line["actor_name"] for line in await chats.log(scene.request) if line["field"]}
    assert names == {"API: CRM"}


async def test_what_a_close_needs_is_a_setting_of_supervisors(scene: Scene) -> None:
    path = "/api/v1/settings/op/closing"
    operator = await scene.chats.operator("Olena")
    chief = await scene.chats.operator("Ivan", role="supervisor")
    assert (await scene.chats.app.get(path)).status == 401
    assert (await operator.client.get(path)).status == 403
    assert (await operator.client.put(path, {})).status == 403
    assert (await chief.client.put(path, {"surprise": True})).status == 422
    assert (await chief.client.put(path, {"tags_required": True})).json["tags_required"] is True
    seen = await chief.client.get(path)
    assert seen.json["tags_required"] is True
    wrong = await chief.client.put(path, {"reopen_window_h": 8761})
    assert [one["field"] for one in wrong.json["errors"]] == ["reopen_window_h"]
    stale = {"If-Match": seen.headers["ETag"]}
    first = await chief.client.put(path, {"reopen_window_h": 24}, headers=stale)
    assert (first.status, first.json["tags_required"]) == (200, False)
    assert first.headers["ETag"] == (await chief.client.get(path)).headers["ETag"]
    second = await chief.client.put(path, {"reason_required": True}, headers=stale)
    assert (second.status, second.json["code"]) == (412, "stale_etag")


async def test_whoever_is_limited_to_topics_chooses_only_those(scene: Scene) -> None:
    chats = scene.chats
    kept = await chats.topic("refunds")
    olena = await chats.operator("Olena", topic_ids=[chats.topic_id])
    await chats.done(olena, scene.request, "take")
    path = f"/api/v1/requests/{scene.request}"
    ways = [
        ("subject_id", await olena.client.patch(path, {"subject_id": kept})),
        ("topic_id", await chats.act(olena, scene.request, "close", topic_id=kept)),
        (
            "subject_id",
            await chats.act(olena, scene.request, "transfer", to="topic", subject_id=kept),
        ),
    ]
    for field, refused in ways:
        assert (refused.status, refused.json["code"]) == (422, "unknown_topic")
        assert [one["field"] for one in refused.json["errors"]] == [field]
        assert "refunds" not in refused.text.lower()
    (row,) = await chats.rows()
    assert (row["subject_id"], row["state"]) == (chats.topic_id, "open")
    unlimited = await chats.shop.admin.patch(path, {"subject_id": kept})
    assert unlimited.json["subject"]["id"] == kept
