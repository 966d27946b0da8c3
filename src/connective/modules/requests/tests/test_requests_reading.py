"""Requests are read by those who may see them, in the order that was asked for."""

import pytest

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.desk import Desk
from connective.kit.testing.people import sign_in


async def test_an_instance_without_requests_answers_every_list(
    db: Database, app: AppClient
) -> None:
    admin = (await sign_in(db, app)).client
    for path in ("requests", "chats"):
        for query in ("", "?folder=my", "?folder=unassigned&sort=waiting", "?q=%2312&count=1"):
            answer = await admin.get(f"/api/v1/{path}{query}")
            assert answer.status == 200, answer.text
            assert answer.json["items"] == []
    counters = await admin.get("/api/v1/requests/counters")
    assert counters.json["my"] == counters.json["all"] == 0


@pytest.mark.proves("OP-16", part="chat")
async def test_an_opened_request_shows_the_client_and_what_the_reader_may_do(desk: Desk) -> None:
    nodes = [(1, "start", {}), (4, "message", {"text": "Hi"})]
    entries = [(10 + n, "entry", {"alias": alias}) for n, alias in enumerate(("rating", "bye"))]
    await desk.shop.publish(nodes + entries, [(1, "next", 4), (10, "next", 4), (11, "next", 4)])
    first = (await desk.request(desk.own))["id"]
    closed = await desk.own.client.post(f"/api/v1/requests/{first}/close", {})
    assert closed.status == 200, closed.text
    second = (await desk.request(desk.own))["id"]
    opened = (await desk.own.client.get(f"/api/v1/requests/{second}")).json
    assert opened["request"]["id"] == second
    assert opened["client"]["chat_id"] == "c1"
    assert [earlier["id"] for earlier in opened["client"]["requests"]] == [first]
    assert opened["aliases"] == ["bye", "rating"]
    assert [person["id"] for person in opened["participants"]] == [desk.own.id]
    assert {"reply", "note", "close", "transfer", "edit"} <= set(opened["may"])
    assert not {"take", "reopen", "assign_any"} & set(opened["may"])
    before = (await desk.own.client.get(f"/api/v1/requests/{first}")).json
    assert set(before["may"]) == {"note"}
    boss = (await desk.admin.client.get(f"/api/v1/requests/{first}")).json
    assert set(boss["may"]) == {"note"}


@pytest.mark.proves("OP-16", part="chat")
async def test_a_closed_request_shows_its_whole_conversation(desk: Desk) -> None:
    number = (await desk.request(desk.own))["id"]
    for text in ("one", "two", "three"):
        await desk.shop.say(text, "c1")
    await desk.own.client.post(f"/api/v1/requests/{number}/close", {})
    path = f"/api/v1/requests/{number}/messages"
    whole = (await desk.own.client.get(path)).json["items"]
    assert [message["seq"] for message in whole] == list(range(1, len(whole) + 1))
    assert {message["request_id"] for message in whole} == {None, number}
    middle = whole[2]["seq"]
    before = await desk.own.client.get(path, params={"before": middle, "limit": 1})
    assert before.json["items"] == whole[1:2]
    after = await desk.own.client.get(path, params={"after": middle, "limit": 1})
    assert after.json["items"] == whole[3:4]
    for wrong in ({"limit": 0}, {"limit": 201}, {"before": -1}):
        assert (await desk.own.client.get(path, params=wrong)).status == 422


async def test_someone_bound_to_topics_sees_no_message_of_anothers(
    db: Database, app: AppClient, desk: Desk
) -> None:
    first = (await desk.request(desk.own))["id"]
    await desk.shop.say("the secret", "c1")
    await desk.own.client.patch(f"/api/v1/requests/{first}", {"subject_id": desk.topic_id})
    await desk.own.client.post(f"/api/v1/requests/{first}/close", {})
    second = (await desk.request(desk.own))["id"]
    await desk.shop.say("for everybody", "c1")
    bound = (await sign_in(db, app, "administrator", topic_ids=[10**6])).client
    assert (await bound.get(f"/api/v1/requests/{first}")).status == 404
    opened = (await bound.get(f"/api/v1/requests/{second}")).json
    assert opened["client"]["requests"] == []
    said = (await bound.get(f"/api/v1/requests/{second}/messages")).json["items"]
    assert "for everybody" in [message["text"] for message in said]
    assert "the secret" not in [message["text"] for message in said]
    for query in ({"q": "secret"}, {"q": f"#{first}"}, {"client_id": opened["client"]["id"]}):
        found = await bound.get("/api/v1/requests", params=query | {"count": 1})
        assert first not in [request["id"] for request in found.json["items"]]
        assert found.json["total"] == len(found.json["items"])


@pytest.mark.proves("OP-19", part="chat")
async def test_topic_and_tags_are_set_and_logged(desk: Desk) -> None:
    number = (await desk.request(desk.own))["id"]
    path = f"/api/v1/requests/{number}"
    tags = [
        (await desk.admin.client.post("/api/v1/tags", {"name": name})).json["id"]
        for name in ("vip", "angry")
    ]
    patch = {"subject_id": desk.topic_id, "tag_ids": tags}
    changed = await desk.own.client.patch(path, patch)
    assert changed.status == 200, changed.text
    shown = changed.json
    assert (shown["subject"]["name"], shown["assignee"]["id"]) == ("Refunds", desk.own.id)
    assert [tag["name"] for tag in shown["tags"]] == ["angry", "vip"]
    log = (await desk.own.client.get(f"{path}/log")).json["items"]
    fields = {line["field"]: line for line in log}
    assert fields["subject_id"]["new"] == desk.topic_id
    assert sorted(fields["tag_ids"]["new"]) == sorted(tags)
    for wrong, status in (
        ({"tag_ids": [10**9]}, 422),
        ({"tag_ids": list(range(1, 22))}, 422),
        ({"subject_id": 10**9}, 422),
        ({"colour": "red"}, 422),
    ):
        assert (await desk.own.client.patch(path, wrong)).status == status
    assert (await desk.admin.client.delete(f"{path}/log")).status == 405


async def test_reading_is_closed_to_strangers(db: Database, app: AppClient, desk: Desk) -> None:
    number = (await desk.request(desk.own))["id"]
    stranger = (await sign_in(db, app, "analyst")).client
    for prefix in ("requests", "chats"):
        single = [f"/api/v1/{prefix}/{number}{rest}" for rest in ("", "/messages", "/log")]
        for path in (f"/api/v1/{prefix}", f"/api/v1/{prefix}/counters", *single):
            assert (await app.another().get(path)).status == 401, path
            assert (await stranger.get(path)).status == 403, path
            assert (await desk.own.client.get(path)).headers["x-event-id"], path
        for path in single:
            assert (await desk.foreign.client.get(path)).status == 404, path
    nothing = await desk.foreign.client.get("/api/v1/requests", params={"count": 1})
    assert (nothing.json["items"], nothing.json["total"]) == ([], 0)
    counters = await desk.foreign.client.get("/api/v1/requests/counters")
    assert counters.json["all"] == counters.json["with_bot"] == 0


@pytest.mark.proves("OP-23", part="chat")
async def test_a_list_that_cannot_be_made_is_refused_by_field(desk: Desk) -> None:
    for query in ({"q": "x"}, {"sort": "colour"}, {"folder": "attic"}, {"state": "odd"},
                  {"cursor": "nonsense"}, {"limit": 0}, {"subject_id": 0}):  # fmt: skip
        answer = await desk.own.client.get("/api/v1/requests", params=query)
        (field,) = query
        assert answer.status == 422, query
        assert [error["field"] for error in answer.json["errors"]] == [field]


@pytest.mark.proves("OP-23", part="chat")
async def test_whoever_was_spoken_with_last_comes_first(desk: Desk) -> None:
    numbers = [(await desk.request(desk.own, f"c{n}"))["id"] for n in range(3)]
    listed = await desk.own.client.get("/api/v1/requests", params={"folder": "my"})
    assert [request["id"] for request in listed.json["items"]] == numbers[::-1]
    await desk.shop.say("and me?", "c0")
    listed = await desk.own.client.get("/api/v1/requests", params={"folder": "my"})
    first = listed.json["items"][0]
    assert (first["id"], first["last_text"], first["unread"]) == (numbers[0], "and me?", 1)
    body = {"text": "at once", "client_msg_id": "1"}
    await desk.own.client.post(f"/api/v1/requests/{numbers[0]}/messages", body)
    waiting = await desk.own.client.get("/api/v1/requests", params={"sort": "waiting"})
    assert [request["id"] for request in waiting.json["items"]] == [*numbers[1:], numbers[0]]
    counters = (await desk.own.client.get("/api/v1/requests/counters")).json
    assert (counters["my"], counters["my_unread"], counters["all"]) == (3, 0, 3)
