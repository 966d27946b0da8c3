"""Chats are taken, handed on, paused, reopened and taken over."""

import asyncio
from typing import Any

import pytest
import pytest_asyncio

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.chats import Chats
from connective.kit.testing.databases import Database
from connective.kit.testing.polling import polled
from connective.kit.testing.shop import Shop
from connective.modules.requests.ownership import cell, owner_of


@pytest_asyncio.fixture
async def chats(db: Database, app: AppClient, shop: Shop) -> Chats:
    opened = await Chats.open(db, app, shop)
    await opened.publish("success")
    return opened


async def loads(chats: Chats) -> dict[int, int]:
    rows = await chats.db.fetch("SELECT user_id, active FROM operators")
    return {row["user_id"]: row["active"] for row in rows}


async def consistent(chats: Chats) -> None:
    """Every operator's count is that of his unclosed chats, every dialog's owner a legal one."""
    rows = await chats.db.fetch(
        "SELECT o.user_id, o.active, count(r.id) AS has FROM operators o LEFT JOIN requests r"
        " ON r.assignee_id = o.user_id AND r.state <> 'closed' GROUP BY o.user_id"
    )
    assert [(row["user_id"], row["active"]) for row in rows] == [
        (row["user_id"], row["has"]) for row in rows
    ]
    for row in await chats.db.fetch(
        "SELECT d.owner, d.waiting, r.state, r.continues FROM dialogs d"
        " LEFT JOIN requests r ON r.id = d.request_id"
    ):
        cell(row["owner"], row["state"], row["waiting"])
        assert row["owner"] == owner_of(row["state"], continues=bool(row["continues"]))


@pytest.mark.proves("OP-04", part="chat")
async def test_of_two_who_take_at_once_one_has_it(chats: Chats) -> None:
    request = await chats.connected()
    people = [await chats.operator("Olena"), await chats.operator("Petro")]
    answers = await asyncio.gather(*(chats.act(who, request["id"], "take") for who in people))
    assert sorted(answer.status for answer in answers) == [200, 409]
    refused = next(answer for answer in answers if answer.status == 409)
    assert refused.json["code"] == "taken_already"
    lines = [line for line in await chats.log(request["id"]) if line["type"] == "assigned"]
    assert len(lines) == 1
    await consistent(chats)


async def test_over_his_limit_nobody_takes_more_but_who_may_assign(chats: Chats) -> None:
    first, second = await chats.connected(), await chats.connected("c2")
    olena = await chats.operator("Olena", limit=1)
    chief = await chats.operator("Ivan", role="supervisor", limit=0)
    await chats.done(olena, first["id"], "take")
    refused = await chats.act(olena, second["id"], "take")
    assert (refused.status, refused.json["code"]) == (409, "limit_reached")
    await chats.done(chief, second["id"], "take")
    await consistent(chats)


async def test_a_limit_of_a_channel_bounds_too(chats: Chats) -> None:
    first, second = await chats.connected(), await chats.connected("c2")
    olena = await chats.operator("Olena")
    await chats.db.execute("UPDATE operators SET channel_limits = '{\"custom_channel\": 1}'")
    await chats.done(olena, first["id"], "take")
    refused = await chats.act(olena, second["id"], "take")
    assert (refused.status, refused.json["code"]) == (409, "limit_reached")


@pytest.mark.proves("OP-04", part="chat")
async def test_the_first_reply_takes_a_chat(chats: Chats) -> None:
    request = await chats.connected()
    olena = await chats.operator("Olena")
    said = {"client_msg_id": "one", "text": "Good day"}
    answer = await olena.client.post(f"/api/v1/requests/{request['id']}/messages", said)
    assert answer.status == 201, answer.text
    (row,) = await chats.rows()
    assert (row["state"], row["assignee_id"]) == ("in_progress", olena.id)
    await chats.said("Good day")
    await consistent(chats)


@pytest.mark.proves("OP-04", part="chat")
async def test_a_chat_is_handed_to_another_operator_with_a_note(chats: Chats) -> None:
    request = await chats.connected()
    olena, petro = await chats.operator("Olena"), await chats.operator("Petro")
    await chats.done(olena, request["id"], "take")
    given = {"to": "operator", "operator_id": petro.id, "note": "He wants a refund"}
    moved = await chats.done(olena, request["id"], "transfer", **given)
    assert (moved["state"], moved["assignee"]["id"]) == ("open", petro.id)
    found = await petro.client.get(f"/api/v1/requests/{request['id']}/messages")
    notes = [one for one in found.json["items"] if one["text"] == "He wants a refund"]
    assert [(one["direction"], one["kind"]) for one in notes] == [("note", "system")]
    assert (await loads(chats)) == {olena.id: 0, petro.id: 1}
    again = await chats.act(olena, request["id"], "transfer", **given)
    assert again.status == 403
    refused = await chats.act(petro, request["id"], "transfer", **given)
    assert (refused.status, refused.json["code"]) == (409, "has_it_already")
    assert "Petro" in refused.json["detail"]
    await consistent(chats)


@pytest.mark.proves("OP-04", part="chat")
async def test_a_chat_is_handed_to_those_of_a_topic(chats: Chats) -> None:
    topic_id = await chats.topic("refunds")
    group = {"name": "Money", "topic_ids": [topic_id]}
    made = await chats.shop.admin.post("/api/v1/skill-groups", group)
    request = await chats.connected()
    olena = await chats.operator("Olena")
    await chats.done(olena, request["id"], "take")
    given = {"to": "topic", "subject_id": topic_id}
    moved = await chats.done(olena, request["id"], "transfer", **given)
    assert (moved["state"], moved["assignee"], moved["subject"]["id"]) == ("new", None, topic_id)
    (row,) = await chats.rows()
    assert row["group_ids"] == [made.json["id"]]
    stranger = await chats.operator("Petro")
    assert (await chats.act(stranger, request["id"], "take")).status == 404
    await consistent(chats)


@pytest.mark.proves("OP-04", part="chat")
async def test_a_chat_goes_back_to_the_bot_at_an_alias(chats: Chats) -> None:
    await chats.publish("success", entries=("menu",))
    request = await chats.connected()
    olena = await chats.operator("Olena")
    await chats.done(olena, request["id"], "take")
    closed = await chats.done(olena, request["id"], "transfer", to="bot", alias="menu")
    assert (closed["state"], closed["closed_by"]) == ("closed", "bot")
    await chats.said("at menu: transferred")
    await consistent(chats)


async def test_a_chat_is_assigned_and_put_back_into_the_queue(chats: Chats) -> None:
    request = await chats.connected()
    olena = await chats.operator("Olena", status="offline")
    full = await chats.operator("Full", status="offline", limit=0)
    chief = await chats.operator("Ivan", role="supervisor", status="offline")
    number = request["id"]
    assert (await chats.act(olena, number, "assign", operator_id=olena.id)).status == 403
    refused = await chats.act(chief, number, "assign", operator_id=full.id)
    assert refused.json["code"] == "limit_reached"
    await chats.done(chief, number, "assign", operator_id=full.id, over_limit=True)
    await chats.done(chief, number, "assign", operator_id=olena.id)
    back = await chats.done(chief, number, "assign")
    assert (back["state"], back["assignee"]) == ("queue", None)
    assert (await chats.dialog())["owner"] == "queue"
    nobody = await chats.act(chief, number, "assign", operator_id=999_999)
    assert (nobody.status, nobody.json["code"]) == (422, "not_an_operator")
    await consistent(chats)


@pytest.mark.proves("OP-06", part="chat")
async def test_a_client_who_writes_ends_the_pause(chats: Chats) -> None:
    request = await chats.connected()
    olena = await chats.operator("Olena")
    await chats.done(olena, request["id"], "take")
    path = f"/api/v1/requests/{request['id']}"
    paused = await olena.client.patch(
        path, {"status": "on_pause", "paused_until": "2099-01-01T09:00:00Z"}
    )
    assert (paused.status, paused.json["state"]) == (200, "on_pause")
    late = {"status": "on_pause", "paused_until": "2001-01-01T09:00:00Z"}
    assert (await olena.client.patch(path, late)).json["code"] == "moment_over"
    await chats.shop.say("hello", "c1")
    (row,) = await chats.rows()
    assert (row["state"], row["paused_until"], row["unread"]) == ("open", None, 1)
    resolved = await olena.client.patch(path, {"status": "resolved"})
    assert resolved.json["state"] == "resolved"
    await chats.shop.say("one more", "c1")
    (row,) = await chats.rows()
    assert row["state"] == "in_progress"
    states = [
        (line["old"], line["new"])
        for line in await chats.log(request["id"])
        if line["field"] == "state"
    ]
    assert states == [
        ('"new"', '"open"'),
        ('"open"', '"on_pause"'),
        ('"on_pause"', '"open"'),
        ('"open"', '"resolved"'),
        ('"resolved"', '"in_progress"'),
    ]
    await consistent(chats)


@pytest.mark.proves("OP-06", part="chat")
async def test_a_state_that_cannot_follow_is_refused(chats: Chats) -> None:
    request = await chats.connected()
    admin = chats.shop.admin
    path = f"/api/v1/requests/{request['id']}"
    refused = await admin.patch(path, {"status": "resolved"})
    assert (refused.status, refused.json["code"]) == (409, "state_unreachable")
    closed = await admin.patch(path, {"status": "closed"})
    assert closed.json["state"] == "closed"
    assert (await admin.patch(path, {"status": "in_progress"})).json["code"] == "request_closed"


@pytest.mark.proves("OP-06", part="chat")
async def test_a_closed_chat_is_reopened_only_with_the_right(chats: Chats) -> None:
    request = await chats.connected()
    olena = await chats.operator("Olena")
    chief = await chats.operator("Ivan", role="supervisor")
    await chats.done(olena, request["id"], "close")
    assert (await chats.act(olena, request["id"], "reopen")).status == 403
    opened = await chats.done(chief, request["id"], "reopen")
    assert (opened["state"], opened["assignee"]["id"]) == ("open", chief.id)
    assert (opened["closed_at"], opened["closed_by"]) == (None, None)
    assert (await chats.dialog())["request_id"] == request["id"]
    again = await chats.act(chief, request["id"], "reopen")
    assert (again.status, again.json["code"]) == (409, "not_closed")
    await consistent(chats)


async def test_a_chat_is_not_reopened_beside_a_newer_one(chats: Chats) -> None:
    request = await chats.connected()
    chief = await chats.operator("Ivan", role="supervisor")
    await chats.done(chief, request["id"], "close")
    await chats.shop.say("/start", "c1")
    newer = await chats.unclosed()
    refused = await chats.act(chief, request["id"], "reopen")
    assert (refused.status, refused.json["code"]) == (409, "has_open_chat")
    assert str(newer["id"]) in refused.json["detail"]


@pytest.mark.proves("OP-01", part="chat")
async def test_within_the_window_a_client_reopens_his_chat_by_writing(chats: Chats) -> None:
    rules = {"reopen_window_h": 1}
    assert (await chats.shop.admin.put("/api/v1/settings/op/closing", rules)).status == 200
    request = await chats.connected()
    await chats.said("port success")
    olena = await chats.operator("Olena")
    await chats.done(olena, request["id"], "take")
    await chats.done(olena, request["id"], "close")
    await closed_for_good(chats)
    await chats.shop.say("one more question", "c1")
    (row,) = await chats.rows()
    assert (row["id"], row["state"], row["assignee_id"]) == (request["id"], "open", olena.id)
    assert (row["unread"], row["last_text"]) == (1, "one more question")
    await consistent(chats)
    await chats.done(olena, request["id"], "close")
    await closed_for_good(chats)
    await chats.shop.say("/start", "c1")
    assert (await chats.unclosed())["id"] != request["id"]


async def closed_for_good(chats: Chats) -> None:
    """Nothing is left to be run after the chat."""

    async def settled() -> bool:
        return bool(
            await chats.db.value(
                "SELECT position >= (SELECT max(id) FROM events WHERE kind = 'request.closed')"
                " FROM event_cursors WHERE listener = 'after requests'"
            )
        )

    await polled(settled)


@pytest.mark.proves("OP-01", part="chat")
async def test_an_operator_takes_a_running_dialog_over(chats: Chats) -> None:
    await chats.shop.publish(
        [
            (1, "start", {}),
            (3, "wait", {"text": "Your age?", "save_to": "age"}),
            (4, "message", {"text": "You are {{age}}"}),
        ],
        [(1, "next", 3), (3, "next", 4)],
    )
    await chats.shop.say("/start", "c1")
    await chats.said("Your age?")
    dialog = await chats.dialog()
    olena = await chats.operator("Olena")
    path = f"/api/v1/dialogs/{dialog['id']}/takeover"
    taken = await olena.client.post(path, {"subject_id": chats.topic_id})
    assert taken.status == 200, taken.text
    assert (taken.json["state"], taken.json["assignee"]["id"]) == ("open", olena.id)
    after = await chats.dialog()
    assert (after["owner"], after["waiting"], after["run_id"]) == ("operator", "none", None)
    assert after["epoch"] > dialog["epoch"]

    async def ended() -> bool:
        return not await chats.db.value("SELECT count(*) FROM runs WHERE ended_at IS NULL")

    await polled(ended)
    await chats.shop.say("42", "c1")
    assert "You are 42" not in chats.texts()
    repeated = await olena.client.post(path, {})
    assert repeated.json["id"] == taken.json["id"]
    petro = await chats.operator("Petro")
    assert (await petro.client.post(path, {})).status == 409
    await chats.done(olena, taken.json["id"], "close")
    await chats.shop.say("hello", "c1")
    await chats.said("Your age?", times=2)
    await consistent(chats)


async def test_what_an_action_brings_after_a_takeover_is_ignored(chats: Chats) -> None:
    shop = chats.shop
    answered = asyncio.Event()
    shop.receiver.answer(200, {"x": 1}, path="/slow", after=answered)
    values = {"url": f"{shop.receiver.url}/slow", "method": "GET"}
    await shop.publish(
        [
            (1, "start", {}),
            (3, "action", {"template_id": "send_request", "values": values}),
            (4, "message", {"text": "the answer"}),
        ],
        [(1, "next", 3), (3, "ok", 4)],
    )
    await shop.say("/start", "c1")
    await shop.say("parked", "c1")
    dialog = await chats.dialog()
    assert (dialog["waiting"], dialog["parked"]) == ("action", 1)
    olena = await chats.operator("Olena")
    taken = await olena.client.post(f"/api/v1/dialogs/{dialog['id']}/takeover", {})
    assert taken.status == 200, taken.text
    answered.set()

    async def brought() -> bool:
        return bool(await chats.db.value("SELECT status = 'late' FROM calls"))

    await polled(brought)
    assert "the answer" not in chats.texts()
    assert (await chats.dialog())["parked"] == 0
    assert await chats.db.value("SELECT count(*) FROM parked") == 0
    await consistent(chats)


@pytest.mark.proves("OP-04", part="chat")
async def test_a_blocked_client_is_stored_and_not_answered(chats: Chats) -> None:
    request = await chats.connected()
    olena = await chats.operator("Olena")
    await chats.done(olena, request["id"], "take")
    blocked = await chats.done(olena, request["id"], "block", reason="rude")
    assert (blocked["blocked"], blocked["state"]) == (True, "open")
    await chats.shop.say("still here", "c1")
    (row,) = await chats.rows()
    assert (row["last_text"], row["unread"]) == ("still here", 1)
    freed = await chats.done(olena, request["id"], "unblock")
    assert freed["blocked"] is False
    types = [line["type"] for line in await chats.log(request["id"])]
    assert types[-2:] == ["blocked", "unblocked"]
    await consistent(chats)


async def test_an_interrupting_run_ends_the_chat_and_leads_the_dialog(chats: Chats) -> None:
    nodes: list[Any] = [
        (1, "start", {}),
        (2, "operator", {"values": {"subject_alias": "support"}}),
        (3, "entry", {"alias": "crm", "trigger": "webhook"}),
        (4, "message", {"text": "from the CRM"}),
    ]
    await chats.shop.publish(nodes, [(1, "next", 2), (3, "next", 4)])
    request = await chats.connected()
    keyed = chats.app.another(Authorization=f"API-Key {chats.shop.key}")
    call = f"/kw/api/call_node/{chats.shop.id}/3"
    busy = await keyed.post(call, {"chat_id": "c1", "on_busy": "skip"})
    assert busy.status == 409
    answer = await keyed.post(call, {"chat_id": "c1", "on_busy": "interrupt"})
    assert answer.status == 200, answer.text
    await chats.said("from the CRM")
    (row,) = await chats.rows()
    assert (row["id"], row["state"], row["closed_by"]) == (request["id"], "closed", "bot")
    await consistent(chats)


async def test_what_a_client_says_is_counted_without_a_new_revision(chats: Chats) -> None:
    request = await chats.connected()
    before = (await chats.rows())[0]["rev"]
    for text in ("one", "two", "x" * 300):
        await chats.shop.say(text, "c1")
    (row,) = await chats.rows()
    assert (row["id"], row["unread"], row["rev"]) == (request["id"], 3, before)
    assert row["last_text"] == "x" * 200
    assert (row["last_author"], row["last_client_at"]) == ("client", row["last_message_at"])
