"""What the hook of a custom channel takes, stores, refuses, and in which words."""

import asyncio
import base64
import io
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from standardwebhooks import Webhook

from connective.kit import wake
from connective.kit.testing.databases import Database
from connective.kit.testing.moving_clock import MovingClock
from connective.kit.testing.shop import Shop

ECHO = (
    [
        (1, "start", {}),
        (2, "wait", {"text": "Say something", "save_to": "said"}),
        (3, "message", {"text": "You said {{said}}"}),
    ],
    [(1, "next", 2), (2, "next", 3)],
)
PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
    "+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def message(chat: str = "c1", **parts: Any) -> dict[str, Any]:
    return {"message": {"chat": {"id": chat}, "from": {"id": "u1"}, **parts}}


@pytest.mark.proves("INT-06", part="inbound")
@pytest.mark.parametrize(
    ("body", "status", "code", "fields"),
    [
        (b"{not json", 400, "bad_json", []),
        (b"{}", 422, "validation", ["update_id"]),
        (b'{"update_id": 1}', 422, "validation", [""]),
        (b'{"message": {"text": "x"}}', 422, "validation", ["update_id", "message.chat"]),
        (
            b'{"update_id": 1, "message": {"chat": {}, "text": "x"}}',
            422,
            "validation",
            ["message.chat.id"],
        ),
        (
            b'{"update_id": 1, "message": {"chat": {"id": "c"}, "type": "image"}}',
            422,
            "validation",
            ["message"],
        ),
        (
            b'{"update_id": 1, "status": {"message_id": "m_5", "status": "read"}}',
            422,
            "validation",
            ["status.message_id"],
        ),
    ],
)
async def test_a_bad_body_is_refused_by_field(
    shop: Shop, db: Database, body: bytes, status: int, code: str, fields: list[str]
) -> None:
    answer = await shop.partner.request("POST", shop.hook, data=body)
    assert answer.status == status
    assert answer.json["status"] == "error"
    assert answer.json["code"] == code
    assert [e["field"] for e in answer.json["errors"]] == fields
    assert all(e["message"] for e in answer.json["errors"])
    assert await db.value("SELECT count(*) FROM messages") == 0


@pytest.mark.proves("INT-06", part="inbound")
async def test_a_text_over_the_limit_and_a_body_over_the_limit_are_refused(shop: Shop) -> None:
    long = await shop.post(shop.update(**message(text="x" * 10_001)))
    assert long.status == 422
    assert long.json["errors"][0]["field"] == "message.text"
    body = io.BytesIO(b" " * (5 * 1024 * 1024 + 1))
    large = await shop.partner.request("POST", shop.hook, data=body)
    assert large.status == 413


@pytest.mark.proves("INT-06", part="inbound")
async def test_strangers_are_told_why_they_are_refused(shop: Shop, db: Database) -> None:
    await shop.channel(input_token="letmein")
    update = shop.update(text="hi")
    assert (await shop.post(update)).status == 401
    assert (await shop.post(update, **{"x-access-token": "wrong"})).status == 401
    unknown = await shop.partner.post("/messengers_host/999999/custom_channel/hooks", update)
    assert (unknown.status, unknown.json["code"]) == (404, "bot_not_found")
    assert await db.value("SELECT count(*) FROM messages") == 0
    assert (await shop.post(update, **{"x-access-token": "letmein"})).status == 200


@pytest.mark.proves("INT-06", part="inbound")
async def test_a_signature_that_is_sent_must_be_right_and_fresh(
    shop: Shop, moving_clock: MovingClock
) -> None:
    body = json.dumps(shop.update(text="/start"))
    signed = Webhook(shop.secret).sign("evt-1", moving_clock.now(), body)
    headers = {
        "webhook-id": "evt-1",
        "webhook-timestamp": str(int(moving_clock.now().timestamp())),
        "webhook-signature": signed,
    }

    async def post(**changed: str) -> int:
        sent = headers | changed
        answer = await shop.partner.request("POST", shop.hook, data=body, headers=sent)
        return answer.status

    assert await post(**{"webhook-signature": "v1,AAAA"}) == 401
    assert await post(**{"webhook-id": "evt-2"}) == 401
    moving_clock.advance(301)
    assert await post() == 401
    moving_clock.advance(-301)
    assert await post() == 200


@pytest.mark.proves("INT-06", part="inbound")
async def test_a_disabled_channel_answers_409_and_an_inactive_bot_stores(
    shop: Shop, db: Database
) -> None:
    await shop.publish(*ECHO)
    await shop.channel(enabled=False)
    assert (await shop.post(shop.update(text="hi"))).status == 409
    await shop.channel(enabled=True)
    await shop.admin.post(f"/api/v1/bots/{shop.id}/deactivate")
    assert (await shop.post(shop.update(text="hi"))).status == 200
    rows = await db.fetch("SELECT text, while_inactive FROM messages")
    assert rows == [{"text": "hi", "while_inactive": True}]


@pytest.mark.proves("INT-06", part="inbound")
async def test_a_batch_is_answered_item_by_item_in_order(shop: Shop) -> None:
    await shop.publish(*ECHO)
    good, again = shop.update(text="/start"), shop.update(text="hello")
    answer = await shop.post([good, {"update_id": "x-9"}, good, again])
    assert answer.status == 200
    assert answer.json["status"] == "success"
    results = answer.json["results"]
    assert [r["status"] for r in results] == ["success", "error", "success", "success"]
    assert [r.get("duplicate") for r in results] == [False, None, True, False]
    assert results[0]["update_id"] == good["update_id"]
    assert await shop.texts(2) == ["Say something", "You said hello"]
    assert (await shop.post([])).json == {"results": [], "status": "success"}
    many = await shop.post([shop.update(text="x") for _ in range(101)])
    assert (many.status, many.json["code"]) == (422, "batch_too_long")


@pytest.mark.proves("INT-06", part="inbound")
async def test_ids_come_as_numbers_or_texts_and_times_as_ms_or_s(shop: Shop, db: Database) -> None:
    sent = {"chat": {"id": 42}, "from": {"id": 7, "phone": 380501112233}, "text": "hi"}
    for date in (1696408917974, 1696408917, None):
        update = shop.update(message=sent | ({"date": date} if date else {}))
        assert (await shop.post(update)).status == 200
    (row,) = await db.fetch(
        "SELECT c.chat_id, c.user_id, p.phone FROM contacts c JOIN clients p ON p.id = c.client_id"
    )
    assert row == {"chat_id": "42", "user_id": "7", "phone": "+380501112233"}


@pytest.mark.proves("INT-06", part="inbound")
async def test_every_kind_of_message_is_stored_with_its_content(shop: Shop, db: Database) -> None:
    media = {"base64": PIXEL, "name": "dot.png", "mime": "image/png"}
    for kind in ("image", "video", "audio", "voice", "document", "sticker"):
        sent = message(type=kind, media=media, caption=f"a {kind}")
        assert (await shop.post(shop.update(**sent))).status == 200, kind
    place = message(type="location", location={"latitude": 50.4, "longitude": 30.5, "title": "K"})
    assert (await shop.post(shop.update(**place))).status == 200
    card = message(type="contact", contact={"phone": "380501112233", "name": "Ann"})
    assert (await shop.post(shop.update(**card))).status == 200
    rows = await db.fetch("SELECT kind, text, content FROM messages ORDER BY seq")
    kinds = ["image", "video", "audio", "voice", "document", "sticker", "location", "contact"]
    assert [r["kind"] for r in rows] == kinds
    stored = json.loads(rows[0]["content"])["media"]
    assert stored["status"] == "ready"
    assert stored["mime"] == "image/png"
    assert stored["size"] == len(base64.b64decode(PIXEL))
    assert rows[0]["text"] == "a image"
    assert json.loads(rows[6]["content"])["location"]["title"] == "K"
    assert json.loads(rows[7]["content"])["contact"]["name"] == "Ann"
    bad = message(type="image", media={"base64": "not base64!", "name": "x"})
    refused = await shop.post(shop.update(**bad))
    assert (refused.status, refused.json["errors"][0]["field"]) == (422, "message.media.base64")


@pytest.mark.proves("INT-06", part="inbound")
async def test_a_bots_message_is_stored_and_not_answered(shop: Shop, db: Database) -> None:
    await shop.publish(*ECHO)
    update = shop.update(text="I am a bot")
    update["message"]["from"]["is_bot"] = True
    assert (await shop.post(update)).status == 200
    assert await db.value("SELECT count(*) FROM messages WHERE direction = 'in'") == 1
    assert await db.value("SELECT count(*) FROM runs") == 0


@pytest.mark.proves("INT-06", part="inbound")
async def test_a_first_message_without_start_starts_all_the_same(shop: Shop) -> None:
    await shop.publish(*ECHO)
    await shop.say("good day")
    assert await shop.texts(1) == ["Say something"]


@pytest.mark.proves("INT-06", part="inbound")
async def test_edits_deletions_and_statuses_find_their_message(shop: Shop, db: Database) -> None:
    await shop.publish(*ECHO)
    first = shop.update(text="/start")
    first["message"]["message_id"] = "ext-1"
    await shop.post(first)
    (out,) = await shop.heard(1)
    ours = out["message"]["id"]
    await shop.receiver.wait_for(1)
    for status in ("read", "delivered"):
        update = shop.update(status={"message_id": ours, "status": status})
        assert (await shop.post(update)).status == 200
    assert await db.value("SELECT status FROM messages WHERE direction = 'out'") == "read"
    edit = shop.update(edited_message={"message_id": "ext-1", "text": "/start again"})
    assert (await shop.post(edit)).status == 200
    gone = shop.update(deleted_message={"message_id": "ext-1"})
    assert (await shop.post(gone)).status == 200
    (row,) = await db.fetch("SELECT text, deleted_at FROM messages WHERE direction = 'in'")
    assert row["text"] == "/start again"
    assert row["deleted_at"] is not None


@pytest.mark.proves("INT-06", part="inbound")
async def test_profile_typing_and_the_end_of_a_chat_are_taken(shop: Shop, db: Database) -> None:
    await shop.say("hi", chat="c9")
    user = shop.update(user={"id": "c9", "first_name": "Anna", "phone": "+380 50 111 22 33"})
    typing = shop.update(typing={"chat": {"id": "c9"}, "on": True})
    ended = shop.update(chat_closed={"chat": {"id": "c9"}, "reason": "left"})
    for update in (user, typing, ended):
        answer = await shop.post(update)
        assert answer.status == 200, answer.text
    (row,) = await db.fetch("SELECT first_name, phone FROM clients")
    assert row == {"first_name": "Anna", "phone": "+380501112233"}
    rows = await db.fetch("SELECT kind FROM events WHERE kind ~ '^(client|message)[.]' ORDER BY id")
    assert [r["kind"] for r in rows] == ["client.created", "message.created", "client.updated"]
    assert await db.value("SELECT count(*) FROM events WHERE kind = 'dialog.ended_by_client'") == 1


@pytest.mark.proves("INT-06", part="inbound")
async def test_more_updates_a_second_than_allowed_get_429(
    shop: Shop, moving_clock: MovingClock
) -> None:
    await shop.channel(rate_per_s=2)
    statuses = [(await shop.post(shop.update(text="x"))).status for _ in range(3)]
    assert statuses == [200, 200, 429]
    refused = await shop.post(shop.update(text="x"))
    assert refused.json["code"] == "update_rate"
    assert refused.headers["Retry-After"] == "1"
    moving_clock.advance(1)
    assert (await shop.post(shop.update(text="x"))).status == 200


@pytest.mark.proves("INT-06", part="inbound")
async def test_a_file_named_by_address_is_fetched(shop: Shop, db: Database) -> None:
    shop.receiver.answer(200, body=base64.b64decode(PIXEL), path="/dot.png")
    named = message(type="image", media={"url": f"{shop.receiver.url}/dot.png", "name": "dot.png"})
    assert (await shop.post(shop.update(**named))).status == 200
    found = await media_once(db, lambda m: m["status"] != "fetching")
    assert (found["status"], found["mime"], found["name"]) == ("ready", "image/png", "dot.png")
    assert found["file_id"]


@pytest.mark.proves("INT-06", part="inbound")
async def test_a_dead_file_is_marked_and_can_be_fetched_again(
    shop: Shop, db: Database, moving_clock: MovingClock
) -> None:
    shop.receiver.answer(404, path="/late.png", times=3)
    named = message(type="image", media={"url": f"{shop.receiver.url}/late.png", "name": "l.png"})
    assert (await shop.post(shop.update(**named))).status == 200
    for planned in (30, 300, None):
        await planned_fetch(db, moving_clock, planned)
        moving_clock.advance(planned or 0)
        wake.wake("media")
    gone = await media_once(db, lambda m: m["status"] != "fetching")
    assert gone["status"] == "unavailable"
    assert "404" in gone["error"]
    shop.receiver.answer(200, body=base64.b64decode(PIXEL), path="/late.png")
    message_id = await db.value("SELECT id FROM messages")
    again = f"/api/v1/messages/{message_id}/fetch-again"
    assert (await shop.admin.post(again)).status == 202
    assert (await media_once(db, lambda m: m["status"] == "ready"))["mime"] == "image/png"
    refused = await shop.admin.post(again)
    assert (refused.status, refused.json["code"]) == (409, "nothing_to_fetch")


async def planned_fetch(db: Database, clock: MovingClock, seconds: int | None) -> None:
    """Wait until the next try stands in so many seconds, or none does."""
    wanted = clock.now() + timedelta(seconds=seconds) if seconds else None
    async with asyncio.timeout(10):
        while True:
            (row,) = await db.fetch("SELECT next_at, error FROM inbound_media")
            if row["error"] is not None and row["next_at"] == wanted:
                return
            await asyncio.sleep(0.02)


async def media_once(db: Database, holds: Callable[[Any], bool]) -> Any:
    """The file of the only message, as soon as it is as wanted."""
    async with asyncio.timeout(10):
        while True:
            found = json.loads(await db.value("SELECT content FROM messages"))["media"]
            if holds(found):
                return found
            await asyncio.sleep(0.02)
