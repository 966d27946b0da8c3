"""A scenario connects its client with an operator."""

import asyncio
from typing import Any

import pytest

from connective.kit.testing.chats import Chats
from connective.kit.testing.polling import polled


async def last_error(chats: Chats) -> dict[str, Any]:
    answer = await chats.shop.admin.get("/api/v1/runs", params={"bot_id": chats.shop.id})
    run = await chats.shop.admin.get(f"/api/v1/runs/{answer.json['items'][0]['id']}")
    found: dict[str, Any] = run.json
    return found


@pytest.mark.proves("OP-04", part="chat")
async def test_a_chat_waits_to_be_taken_and_the_first_operator_has_it(chats: Chats) -> None:
    await chats.publish("success")
    request = await chats.connected()
    assert (request["state"], request["assignee_id"]) == ("new", None)
    await chats.said("port success")
    assert (await chats.dialog())["owner"] == "queue"
    olena = await chats.operator("Olena")
    taken = await chats.done(olena, request["id"], "take")
    assert (taken["state"], taken["assignee"]["id"]) == ("open", olena.id)
    assert (await chats.dialog())["owner"] == "operator"
    repeated = await chats.done(olena, request["id"], "take")
    assert repeated["rev"] == taken["rev"]


@pytest.mark.parametrize("kind", ["operator", "action"])
@pytest.mark.proves("OP-04", part="node")
async def test_the_node_and_its_action_by_either_spelling_do_the_same(
    chats: Chats, kind: str
) -> None:
    await chats.publish("success", kind=kind)
    request = await chats.connected()
    assert request["subject_id"] == chats.topic_id


@pytest.mark.proves("OP-03", part="chat")
async def test_with_nobody_free_a_wired_limit_is_taken_and_makes_no_request(chats: Chats) -> None:
    await chats.publish("success", "limit", auto_connect_operator=True)
    await chats.shop.say("/start", "c1")
    await chats.said("port limit")
    assert await chats.rows() == []
    assert (await chats.dialog())["owner"] == "bot"


@pytest.mark.proves("OP-03", part="chat")
async def test_with_nobody_free_and_no_limit_the_client_hears_his_place(chats: Chats) -> None:
    await chats.publish(
        "success",
        auto_connect_operator=True,
        constants={"queue_text": "Place {{queue_position}}, {{estimated_wait}} min"},
    )
    request = await chats.connected()
    assert request["state"] == "queue"
    await chats.said("Place 1, 1 min")
    await chats.said("port success")
    await chats.connected("c2")
    await chats.said("Place 2, 1 min")
    olena = await chats.operator("Olena")
    answer = await olena.client.get("/api/v1/requests", params={"folder": "queue"})
    assert len(answer.json["items"]) == 2


@pytest.mark.proves("OP-03", part="chat")
async def test_a_free_operator_has_the_chat_at_once(chats: Chats) -> None:
    olena = await chats.operator("Olena")
    await chats.publish("success", "limit", auto_connect_operator=True)
    request = await chats.connected()
    assert (request["state"], request["assignee_id"]) == ("open", olena.id)
    await chats.said("port success")
    types = [line["type"] for line in await chats.log(request["id"])]
    assert types.count("assigned") == 1
    assert types[0] == "created"
    kinds = await chats.db.fetch(
        "SELECT kind FROM events WHERE request_id = $1 AND kind LIKE 'request.%' ORDER BY id",
        request["id"],
    )
    assert [row["kind"] for row in kinds][:2] == ["request.created", "request.assigned"]
    assert await chats.db.value("SELECT active FROM operators WHERE user_id = $1", olena.id) == 1


@pytest.mark.proves("OP-03", part="settings")
@pytest.mark.proves("SC-04", part="parameters of connect")
async def test_the_setting_holds_where_the_node_says_nothing(chats: Chats) -> None:
    olena = await chats.operator("Olena")
    path = "/api/v1/settings/op/distribution"
    etag = (await chats.shop.admin.get(path)).headers["ETag"]
    answer = await chats.shop.admin.put(path, {"auto_connect": True}, headers={"If-Match": etag})
    assert answer.status == 200, answer.text
    await chats.publish("success")
    assert (await chats.connected())["assignee_id"] == olena.id
    await chats.publish("success", auto_connect_operator=False)
    assert (await chats.connected("c2"))["state"] == "new"


@pytest.mark.proves("OP-03", part="chat")
async def test_status_queue_waits_even_when_somebody_is_free(chats: Chats) -> None:
    await chats.publish("success", "limit", status="queue", auto_connect_operator=True, weight=7)
    request = await chats.connected()
    assert request["weight"] == 7
    assert any(line["new"] == '"queue"' for line in await chats.log(request["id"]))
    await chats.said("port success")


@pytest.mark.proves("OP-03", part="chat")
@pytest.mark.proves("OP-03", part="bad input")
@pytest.mark.proves("SC-04", part="bad input")
async def test_an_unknown_topic_leads_to_error_and_stands_in_the_run(chats: Chats) -> None:
    await chats.publish("success", "error", subject_alias="nowhere")
    await chats.shop.say("/start", "c1")
    await chats.said("port error")
    assert await chats.rows() == []
    assert "nowhere" in str(await last_error(chats))


@pytest.mark.proves("OP-03", part="chat")
@pytest.mark.proves("OP-03", part="bad input")
async def test_a_client_blocked_meanwhile_is_led_to_banned(chats: Chats) -> None:
    shop, answered = chats.shop, asyncio.Event()
    shop.receiver.answer(200, {}, path="/slow", after=answered)
    asked = {"url": f"{shop.receiver.url}/slow", "method": "GET"}
    nodes: list[Any] = [
        (1, "start", {}),
        (2, "action", {"template_id": "send_request", "values": asked}),
        (3, "operator", {"values": {"subject_alias": "support"}}),
        (4, "message", {"text": "port banned"}),
    ]
    await shop.publish(nodes, [(1, "next", 2), (2, "ok", 3), (3, "banned", 4)])
    await shop.say("/start", "c1")
    await chats.db.execute("UPDATE contacts SET blocked_at = now()")
    answered.set()
    await chats.said("port banned")
    assert await chats.rows() == []


async def test_what_a_blocked_client_writes_starts_nothing(chats: Chats) -> None:
    await chats.publish("success")
    request = await chats.connected()
    await chats.said("port success")
    admin, path = chats.shop.admin, f"/api/v1/requests/{request['id']}"
    assert (await admin.post(f"{path}/block", {"reason": "spam"})).status == 200
    assert (await admin.post(f"{path}/close", {})).json["state"] == "closed"
    runs = await chats.db.value("SELECT count(*) FROM runs")
    await chats.shop.say("let me in", "c1")
    assert await chats.db.value("SELECT count(*) FROM messages WHERE text = 'let me in'") == 1
    assert await chats.db.value("SELECT count(*) FROM runs") == runs
    assert len(await chats.rows()) == 1


async def test_connecting_twice_goes_on_in_the_same_chat(chats: Chats) -> None:
    going_on: dict[str, Any] = {"continue": True}
    await chats.publish("success", **going_on)
    first = await chats.connected()
    await chats.said("port success")
    await chats.shop.say("/start", "c1")
    await chats.said("port success", times=2)
    assert [row["id"] for row in await chats.rows()] == [first["id"]]


@pytest.mark.proves("OP-04", part="chat")
@pytest.mark.proves("SC-04", part="parameters of connect")
async def test_steps_tags_and_the_private_text_open_the_chat(chats: Chats) -> None:
    tag = await chats.shop.admin.post("/api/v1/tags", {"name": "vip"})
    shop = chats.shop
    values = {
        "subject_alias": "support",
        "history_count": 3,
        "tag_ids": [tag.json["id"], 999],
        "customTextToOperator": "Only for {{first_name}}'s operator",
    }
    nodes: list[Any] = [
        (1, "start", {}),
        (2, "wait", {"text": "What is it?", "save_to": "what"}),
        (3, "message", {"text": "A moment"}),
        (4, "operator", {"values": values}),
    ]
    await shop.publish(nodes, [(1, "next", 2), (2, "next", 3), (3, "next", 4)])
    await shop.say("/start", "c1")
    await chats.said("What is it?")
    await shop.say("My parcel", "c1")
    request = await chats.unclosed()
    assert request["tag_ids"] == [tag.json["id"]]
    found = await shop.admin.get(f"/api/v1/requests/{request['id']}/messages")
    (note,) = [one for one in found.json["items"] if one["direction"] == "note"]
    assert [step["text"] for step in note["content"]["steps"]] == [
        "What is it?",
        "My parcel",
        "A moment",
    ]
    assert note["content"]["private_text"] == "Only for Ann's operator"
    assert "Only for Ann's operator" not in chats.texts()
    assert [
        line["new"] for line in await chats.log(request["id"]) if line["type"] == "unknown_tags"
    ]


@pytest.mark.proves("OP-04", part="chat")
@pytest.mark.proves("SC-04", part="parameters of connect")
async def test_a_history_of_minus_one_shows_no_steps(chats: Chats) -> None:
    await chats.publish("success", history_count=-1)
    request = await chats.connected()
    notes = "SELECT count(*) FROM messages WHERE request_id = $1 AND direction = 'note'"
    assert await chats.db.value(notes, request["id"]) == 0


@pytest.mark.proves("OP-04", part="chat")
@pytest.mark.proves("OP-04", part="bad input")
@pytest.mark.proves("SC-04", part="parameters of connect")
async def test_the_chosen_operator_has_it_and_an_inactive_one_does_not(chats: Chats) -> None:
    olena = await chats.operator("Olena")
    await chats.publish("success", assigned_operator=olena.id, auto_connect_operator=False)
    assert (await chats.connected())["assignee_id"] == olena.id
    await chats.db.execute("UPDATE users SET active = false WHERE id = $1", olena.id)
    request = await chats.connected("c2")
    assert (request["state"], request["assignee_id"]) == ("queue", None)
    assert "operator_unavailable" in [line["type"] for line in await chats.log(request["id"])]


@pytest.mark.proves("OP-04", part="chat")
@pytest.mark.proves("SC-04", part="parameters of connect")
async def test_with_continue_the_client_stays_in_the_scenario_until_he_is_taken(
    chats: Chats,
) -> None:
    nodes: list[Any] = [
        (1, "start", {}),
        (2, "operator", {"values": {"subject_alias": "support", "continue": True}}),
        (3, "wait", {"text": "Your number?", "save_to": "number"}),
        (4, "message", {"text": "Noted {{number}}"}),
    ]
    await chats.shop.publish(nodes, [(1, "next", 2), (2, "success", 3), (3, "next", 4)])
    request = await chats.connected()
    await chats.said("Your number?")
    assert (await chats.dialog())["owner"] == "bot"
    await chats.shop.say("17", "c1")
    await chats.said("Noted 17")
    olena = await chats.operator("Olena")
    await chats.done(olena, request["id"], "take")
    texts = len(chats.texts())
    await chats.shop.say("hello?", "c1")
    (row,) = await chats.rows()
    assert (row["unread"], row["last_text"]) == (2, "hello?")
    assert (await chats.dialog())["owner"] == "operator"
    assert len(chats.texts()) == texts


async def test_a_call_that_a_crash_interrupted_makes_no_second_chat(chats: Chats) -> None:
    await chats.publish("success")
    request = await chats.connected()
    await chats.said("port success")
    await chats.done(await chats.operator("Olena"), request["id"], "close")
    again = "UPDATE calls SET status = 'waiting', owner = NULL"
    await chats.db.execute(again)

    async def performed() -> bool:
        return bool(await chats.db.value("SELECT bool_and(status IN ('done', 'late')) FROM calls"))

    await polled(performed)
    assert len(await chats.rows()) == 1
