"""Operators answer clients: once each, in order, under the name that was chosen for them."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, TypeVar
from uuid import uuid4

import aiohttp
import pytest
from sqlalchemy import insert, select

from connective.contracts.channel import CHANNELS
from connective.kit.context import Ctx
from connective.kit.testing.app_client import Answer, AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.desk import Desk
from connective.kit.testing.people import Person, sign_in
from connective.kit.testing.polling import polled
from connective.kit.testing.receiver import Receiver
from connective.modules.requests.models import sent_once
from connective.modules.requests.service import talking

T = TypeVar("T")


async def say(who: Person, request_id: int, text: str = "hello", **more: Any) -> Answer:
    body = {"text": text, "client_msg_id": str(uuid4())} | more
    return await who.client.post(f"/api/v1/requests/{request_id}/messages", body)


async def upload(who: Person, name: str, content: bytes) -> dict[str, Any]:
    form = aiohttp.FormData()
    form.add_field("file", content, filename=name)
    stored: dict[str, Any] = (await who.client.post("/api/v1/files", data=form)).json
    return stored


async def conversation(who: Person, request_id: int, **query: int) -> list[dict[str, Any]]:
    path = f"/api/v1/requests/{request_id}/messages"
    items: list[dict[str, Any]] = (await who.client.get(path, params=query)).json["items"]
    return items


async def opened(who: Person, request_id: int) -> dict[str, Any]:
    found: dict[str, Any] = (await who.client.get(f"/api/v1/requests/{request_id}")).json
    return found


async def until(ask: Callable[[], Awaitable[T]], holds: Callable[[T], bool]) -> T:
    """The first answer of which it holds."""
    found: list[T] = []

    async def asked() -> bool:
        found[:] = [await ask()]
        return holds(found[0])

    await polled(asked)
    return found[0]


async def told(receiver: Receiver, which: Callable[[dict[str, Any]], bool]) -> list[dict[str, Any]]:
    """What the partner got of a kind, once there is any."""

    async def found() -> list[dict[str, Any]]:
        return [r.json for r in receiver.requests if which(r.json)]

    return await until(found, bool)


def operators(body: dict[str, Any]) -> bool:
    return bool(body["event"] == "message" and body["message"]["from"]["kind"] == "operator")


@pytest.mark.proves("OP-18", part="chat")
async def test_a_reply_reaches_the_client_and_changes_the_state(
    desk: Desk, receiver: Receiver
) -> None:
    request_id = (await desk.request(desk.own))["id"]
    await desk.shop.say("anybody there?", "c1")
    before = (await opened(desk.own, request_id))["request"]
    assert (before["state"], before["unread"]) == ("open", 1)
    answer = await say(desk.own, request_id, "Good day")
    assert answer.status == 201, answer.text
    assert answer.json["status"] == "queued"
    (sent,) = await told(receiver, operators)
    assert sent["message"]["text"] == "Good day"
    assert sent["message"]["from"] == {"kind": "operator", "id": desk.own.id, "name": "Ann Tester"}
    after = (await opened(desk.own, request_id))["request"]
    assert (after["state"], after["unread"], after["last_text"]) == ("in_progress", 0, "Good day")
    assert after["first_reply_at"] == after["last_reply_at"] is not None
    assert after["last_seq"] == answer.json["seq"] > before["last_seq"]


@pytest.mark.proves("OP-18", part="chat")
async def test_three_messages_sent_twice_arrive_once_each_and_in_order(
    desk: Desk, receiver: Receiver
) -> None:
    request_id = (await desk.request(desk.own))["id"]
    ids = {text: str(uuid4()) for text in ("one", "two", "three")}
    first = [await say(desk.own, request_id, t, client_msg_id=i) for t, i in ids.items()]
    again = [await say(desk.own, request_id, t, client_msg_id=i) for t, i in ids.items()]
    assert [answer.status for answer in first] == [201] * 3
    assert [answer.status for answer in again] == [200] * 3
    assert [a.json for a in again] == [a.json for a in first]
    await say(desk.own, request_id, "four")

    async def texts() -> list[str]:
        return [r.json["message"]["text"] for r in receiver.requests if operators(r.json)]

    assert await until(texts, lambda found: "four" in found) == ["one", "two", "three", "four"]


@pytest.mark.proves("OP-18", part="chat")
async def test_twenty_at_once_with_one_id_make_one_message(desk: Desk) -> None:
    request_id = (await desk.request(desk.own))["id"]
    once = str(uuid4())
    made = await asyncio.gather(
        *(say(desk.own, request_id, "once", client_msg_id=once) for _ in range(20))
    )
    assert sorted(answer.status for answer in made) == [200] * 19 + [201]
    assert len({answer.json["id"] for answer in made}) == 1
    said = [m for m in await conversation(desk.own, request_id) if m["text"] == "once"]
    assert len(said) == 1
    assert said[0]["client_msg_id"] == once


@pytest.mark.proves("OP-18", part="chat")
async def test_a_note_stays_in_the_panel(desk: Desk, receiver: Receiver) -> None:
    request_id = (await desk.request(desk.own))["id"]
    note = await say(desk.own, request_id, "he is a friend", kind="note")
    assert note.status == 201, note.text
    assert (note.json["direction"], note.json["status"]) == ("note", "sent")
    before = (await opened(desk.own, request_id))["request"]
    assert before["first_reply_at"] is None
    await say(desk.own, request_id, "hello")
    await told(receiver, operators)
    assert not [r for r in receiver.requests if b"friend" in r.body]


@pytest.mark.proves("OP-18", part="chat")
async def test_a_light_agent_may_only_leave_notes(db: Database, app: AppClient, desk: Desk) -> None:
    light = await sign_in(db, app, "light_agent")
    request_id = (await desk.request(desk.own))["id"]
    await desk.own.client.post(f"/api/v1/requests/{request_id}/transfer", {"to": "topic"})
    await db.execute("UPDATE requests SET participants = $1::bigint[]", [light.id])
    refused = await say(light, request_id)
    assert (refused.status, refused.json["code"]) == (403, "permission_needed")
    assert "requests.reply" in refused.json["detail"]
    assert (await say(light, request_id, kind="note")).status == 201
    assert (await opened(light, request_id))["may"] == ["note"]


@pytest.mark.proves("OP-04", part="chat")
async def test_the_first_reply_takes_a_request_that_nobody_has(db: Database, desk: Desk) -> None:
    request_id = (await desk.request(desk.own))["id"]
    await db.execute("UPDATE requests SET assignee_id = NULL, participants = '{}', state = 'new'")
    await db.execute("UPDATE dialogs SET owner = 'queue'")
    assert (await say(desk.other, request_id)).status == 201
    found = (await opened(desk.other, request_id))["request"]
    assert (found["assignee"]["id"], found["state"]) == (desk.other.id, "in_progress")
    assert (await say(desk.own, request_id)).status == 404


@pytest.mark.proves("OP-18", part="chat")
async def test_what_cannot_be_said_is_refused_by_name(db: Database, desk: Desk) -> None:
    request_id = (await desk.request(desk.own))["id"]
    long = await say(desk.own, request_id, "x" * 10_001)
    assert (long.status, long.json["code"]) == (422, "text_too_long")
    assert "10000" in long.json["detail"]
    assert (await say(desk.own, request_id, "x" * 10_000)).status == 201
    for text in ("", "  \n "):
        assert (await say(desk.own, request_id, text)).json["code"] == "nothing_to_send"
    lost = await say(desk.own, request_id, attachments=[{"file_id": "17"}])
    assert (lost.status, lost.json["code"]) == (422, "unknown_files")
    assert (await say(desk.own, request_id, colour="red")).status == 422
    eleven = [{"file_id": "a"}] * 11
    assert (await say(desk.own, request_id, attachments=eleven)).status == 422
    assert (await say(desk.own, request_id, reply_to=10**9)).json["code"] == "no_such_reply"
    assert (await say(desk.own, request_id, client_msg_id="")).status == 422


@pytest.mark.proves("OP-18", part="chat")
async def test_nothing_goes_to_a_blocked_client_a_closed_chat_or_a_channel_that_is_off(
    db: Database, desk: Desk
) -> None:
    request_id = (await desk.request(desk.own))["id"]
    await desk.shop.channel(enabled=False)
    off = await say(desk.own, request_id)
    assert (off.status, off.json["code"]) == (409, "channel_off")
    await desk.shop.channel()
    await desk.own.client.post(f"/api/v1/requests/{request_id}/block", {"reason": "rude"})
    blocked = await say(desk.own, request_id)
    assert (blocked.status, blocked.json["code"]) == (409, "client_blocked")
    assert (await say(desk.own, request_id, kind="note")).status == 201
    await desk.own.client.post(f"/api/v1/requests/{request_id}/unblock")
    await db.execute("UPDATE contacts SET subscribed = false, subscription_why = 'blocked'")
    left = await say(desk.own, request_id)
    assert (left.status, left.json["code"]) == (409, "client_left")
    assert "Custom Channel" in left.json["detail"]
    await db.execute("UPDATE contacts SET subscription_why = 'word'")
    assert (await say(desk.own, request_id)).status == 201
    closed = await desk.own.client.post(f"/api/v1/requests/{request_id}/close", {})
    assert closed.status == 200, closed.text
    gone = await say(desk.own, request_id)
    assert (gone.status, gone.json["code"]) == (409, "request_closed")


@pytest.mark.proves("OP-18", part="chat")
async def test_anothers_chat_is_answered_with_the_right_to_assign_only(desk: Desk) -> None:
    request_id = (await desk.request(desk.own))["id"]
    path = f"/api/v1/requests/{request_id}/transfer"
    moved = await desk.own.client.post(path, {"to": "operator", "operator_id": desk.other.id})
    assert moved.status == 200, moved.text
    refused = await say(desk.own, request_id)
    assert (refused.status, refused.json["code"]) == (403, "not_your_chat")
    assert (await say(desk.admin, request_id)).status == 201
    assert (await opened(desk.admin, request_id))["request"]["assignee"]["id"] == desk.other.id


@pytest.mark.proves("OP-18", part="chat")
async def test_files_go_with_a_message_by_their_public_ids(
    desk: Desk, receiver: Receiver, app: AppClient
) -> None:
    request_id = (await desk.request(desk.own))["id"]
    stored = [
        await upload(desk.own, name, body) for name, body in (("a.txt", b"one"), ("b.txt", b"two"))
    ]
    refs = [{"file_id": file["public_id"], "name": "my.txt"} for file in stored]
    by_number = [{"file_id": str(stored[0]["id"])}]
    assert (await say(desk.own, request_id, attachments=by_number)).status == 422
    answer = await say(desk.own, request_id, "", attachments=refs)
    assert answer.status == 201, answer.text
    assert answer.json["kind"] == "document"
    (sent,) = await told(receiver, operators)
    parts = sent["message"]["attachments"]
    assert [part["name"] for part in parts] == ["my.txt", "my.txt"]
    assert "file_id" not in parts[0]
    shown = (await conversation(desk.own, request_id))[-1]["content"]["attachments"][0]
    read = await app.another().get(shown["url"].partition(app.url)[2])
    assert read.text == "one"


@pytest.mark.proves("OP-18", part="chat")
async def test_ones_own_message_is_corrected_and_taken_back(
    desk: Desk, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    request_id = (await desk.request(desk.own))["id"]
    message_id = (await say(desk.own, request_id, "helo")).json["id"]
    path = f"/api/v1/requests/{request_id}/messages/{message_id}"
    assert (await desk.admin.client.patch(path, {"text": "hi"})).status == 403
    with monkeypatch.context() as patched:
        patched.setattr(CHANNELS["custom_channel"], "features", frozenset())
        refused = await desk.own.client.patch(path, {"text": "hello"})
    assert (refused.status, refused.json["code"]) == (409, "channel_cannot")
    edited = await desk.own.client.patch(path, {"text": "hello"})
    assert (edited.status, edited.json["text"]) == (200, "hello")
    assert edited.json["edited_at"]
    assert (await opened(desk.own, request_id))["request"]["last_text"] == "hello"
    (told_of,) = await told(receiver, lambda body: body["event"] == "message_edited")
    assert (told_of["message_id"], told_of["text"]) == (f"m_{message_id}", "hello")
    assert (await desk.other.client.delete(path)).status == 404
    deleted = await desk.own.client.delete(path)
    assert deleted.status == 200, deleted.text
    assert deleted.json["deleted_at"]
    await told(receiver, lambda body: body["event"] == "message_deleted")
    again = await desk.own.client.patch(path, {"text": "hi"})
    assert (again.status, again.json["code"]) == (409, "message_gone")
    log = (await desk.own.client.get(f"/api/v1/requests/{request_id}/log")).json["items"]
    assert [line["type"] for line in log][:2] == ["message_deleted", "message_edited"]
    assert (log[1]["old"], log[1]["new"]) == ("helo", "hello")


@pytest.mark.proves("OP-18", part="chat")
async def test_what_the_client_said_cannot_be_changed(desk: Desk) -> None:
    request_id = (await desk.request(desk.own))["id"]
    await desk.shop.say("mine", "c1")
    theirs = (await conversation(desk.own, request_id))[-1]
    assert theirs["text"] == "mine"
    path = f"/api/v1/requests/{request_id}/messages/{theirs['id']}"
    assert (await desk.own.client.patch(path, {"text": "ours"})).status == 404
    assert (await desk.own.client.delete(path)).status == 404


@pytest.mark.proves("OP-18", part="chat")
async def test_a_message_that_the_provider_refused_is_sent_again(
    desk: Desk, receiver: Receiver, db: Database
) -> None:
    request_id = (await desk.request(desk.own))["id"]
    await until(lambda: _settled(db), bool)
    receiver.answer(400, {"status": "error", "message": "no such number"})
    message_id = (await say(desk.own, request_id, "hello?")).json["id"]

    async def status() -> str:
        found = {m["id"]: m for m in await conversation(desk.own, request_id)}
        return str(found[message_id]["status"])

    await until(status, lambda found: found == "failed")
    path = f"/api/v1/requests/{request_id}/messages/{message_id}"
    corrected = await desk.own.client.patch(path, {"text": "hello!"})
    assert (corrected.status, corrected.json["code"]) == (409, "message_not_sent")
    retried = await desk.own.client.post(f"{path}/retry")
    assert (retried.status, retried.json["status"]) == (200, "queued")
    assert retried.json["error"] is None
    await until(status, lambda found: found == "sent")
    sent = [r for r in receiver.requests if operators(r.json)]
    assert len({r.headers["webhook-id"] for r in sent}) == 1
    assert (await desk.own.client.post(f"{path}/retry")).json["code"] == "not_failed"


async def _settled(db: Database) -> bool:
    """Whether nothing is on its way to the receiver, who refuses what comes next."""
    return not await db.fetch("SELECT 1 FROM deliveries WHERE status <> 'delivered'")


@pytest.mark.proves("OP-18", part="chat")
async def test_what_the_client_never_saw_is_sent_as_a_new_call(
    desk: Desk, receiver: Receiver, db: Database
) -> None:
    request_id = (await desk.request(desk.own))["id"]
    message_id = (await say(desk.own, request_id, "hello?")).json["id"]
    await until(lambda: _settled(db), bool)
    failed = {"message_id": f"m_{message_id}", "status": "failed", "error": "phone is off"}
    await desk.shop.post(desk.shop.update("c1", status=failed | {"chat": {"id": "c1"}}))
    shown = (await conversation(desk.own, request_id))[-1]
    assert (shown["status"], shown["error"]) == ("failed", "phone is off")
    path = f"/api/v1/requests/{request_id}/messages/{message_id}/retry"
    assert (await desk.own.client.post(path)).status == 200
    sent = await until(lambda: _of(receiver, message_id), lambda found: len(found) == 2)
    assert len({r.headers["webhook-id"] for r in sent}) == 2


async def _of(receiver: Receiver, message_id: int) -> list[Any]:
    return [
        r
        for r in receiver.requests
        if operators(r.json) and r.json["message"]["id"] == f"m_{message_id}"
    ]


@pytest.mark.proves("OP-16", part="chat")
async def test_only_the_operator_of_a_chat_leaves_a_trace_by_reading(desk: Desk) -> None:
    request_id = (await desk.request(desk.own))["id"]
    for text in ("one", "two"):
        await desk.shop.say(text, "c1")
    one, two = [m["seq"] for m in await conversation(desk.own, request_id)][-2:]
    path = f"/api/v1/requests/{request_id}/read"
    assert (await desk.admin.client.post(path, {"seq": two})).json["unread"] == 2
    assert (await desk.own.client.post(path, {"seq": one})).json["unread"] == 1
    assert (await desk.own.client.post(path, {"seq": one - 1})).json["unread"] == 1
    assert (await desk.own.client.post(path, {"seq": two})).json["unread"] == 0
    assert (await desk.foreign.client.post(path, {"seq": two})).status == 404


async def test_talking_is_closed_to_strangers(db: Database, app: AppClient, desk: Desk) -> None:
    stranger = await sign_in(db, app, "analyst")
    request_id = (await desk.request(desk.own))["id"]
    message_id = (await say(desk.own, request_id)).json["id"]
    messages = f"/api/v1/requests/{request_id}/messages"
    nobody = app.another()
    for method, path, body in (
        ("POST", messages, {"text": "x", "client_msg_id": "1"}),
        ("PATCH", f"{messages}/{message_id}", {"text": "x"}),
        ("DELETE", f"{messages}/{message_id}", None),
        ("POST", f"{messages}/{message_id}/retry", None),
        ("POST", f"/api/v1/requests/{request_id}/read", {"seq": 1}),
    ):
        sent = {} if body is None else {"json": body}
        assert (await nobody.request(method, path, **sent)).status == 401, path
        assert (await desk.foreign.client.request(method, path, **sent)).status == 404, path
        analyst = await stranger.client.request(method, path, **sent)
        assert (analyst.status, analyst.json["code"]) == (403, "permission_needed"), path


async def test_ids_of_messages_are_forgotten_after_a_month(ctx: Ctx) -> None:
    ages = {"old": timedelta(days=31), "new": timedelta(days=29)}
    for name, age in ages.items():
        row = {"request_id": 1, "client_msg_id": name, "message_id": 1, "at": ctx.now - age}
        await ctx.db.execute(insert(sent_once).values(row))
    await talking.forget_old(ctx)
    kept = await ctx.db.execute(select(sent_once.c.client_msg_id))
    assert list(kept.scalars()) == ["new"]


@pytest.mark.proves("OP-04", part="buttons")
async def test_the_buttons_of_the_block_hang_on_every_reply(
    db: Database, desk: Desk, receiver: Receiver
) -> None:
    request_id = (await desk.request(desk.own))["id"]
    source = {"add_button": True, "close_button_text": "Bye", "add_return_button": True}
    await db.execute("UPDATE requests SET source = $1", json.dumps(source))
    await say(desk.own, request_id, "hello")
    (sent,) = await told(receiver, operators)
    labels = [button["text"] for row in sent["message"]["keyboard"]["rows"] for button in row]
    assert labels == ["Bye", "Back to the bot"]
    assert (await say(desk.own, request_id, kind="note")).json["content"] is None
