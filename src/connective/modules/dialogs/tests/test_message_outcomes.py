"""What becomes of a message of ours: sent, refused, retried, delivered; and who may look."""

import asyncio
from typing import Any

import pytest

from connective.kit import wake
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.moving_clock import MovingClock
from connective.kit.testing.people import sign_in
from connective.kit.testing.shop import Shop

HELLO: Any = ([(1, "start", {}), (2, "message", {"text": "Hello"})], [(1, "next", 2)])
OUT = "SELECT status, error, external_id FROM messages WHERE direction = 'out'"


async def once(db: Database, status: str) -> dict[str, Any]:
    """The message that went out, as soon as it has the status."""
    async with asyncio.timeout(10):
        while True:
            (row,) = await db.fetch(OUT)
            if row["status"] == status:
                return row
            await asyncio.sleep(0.02)


@pytest.mark.proves("INT-06", part="outcomes")
async def test_the_partners_own_id_is_kept_and_used_for_later_news(
    shop: Shop, db: Database
) -> None:
    shop.receiver.answer(200, {"message_id": "ext-5"})
    await shop.publish(*HELLO)
    await shop.say("/start")
    assert (await once(db, "sent"))["external_id"] == "ext-5"
    news = shop.update(status={"message_id": "ext-5", "status": "delivered"})
    assert (await shop.post(news)).status == 200
    assert (await once(db, "delivered"))["error"] is None


@pytest.mark.proves("INT-06", part="outcomes")
async def test_a_2xx_that_says_error_is_a_permanent_failure(shop: Shop, db: Database) -> None:
    shop.receiver.answer(200, {"status": "error", "message": "no such user"})
    await shop.publish(*HELLO)
    await shop.say("/start")
    assert "no such user" in (await once(db, "failed"))["error"]
    assert len(shop.receiver.requests) == 1
    kinds = await db.fetch("SELECT data FROM events WHERE kind = 'message.status_changed'")
    assert "no such user" in kinds[0]["data"]


@pytest.mark.proves("INT-06", part="order")
async def test_a_failing_head_holds_its_chat_and_no_other(
    shop: Shop, db: Database, moving_clock: MovingClock
) -> None:
    await shop.publish(*HELLO)
    shop.receiver.answer(503)
    await shop.say("/start", chat="a")
    await shop.receiver.wait_for(1)
    await shop.say("/start", chat="a")
    await shop.say("/start", chat="b")
    held, free = await shop.receiver.wait_for(2)
    assert (held.json["chat_id"], free.json["chat_id"]) == ("a", "b")
    async with asyncio.timeout(10):
        while True:
            if await db.value("SELECT count(*) FROM deliveries WHERE status = 'retrying'"):
                break
            await asyncio.sleep(0.02)
    moving_clock.advance(7)
    wake.wake("outbox")
    requests = await shop.receiver.wait_for(4)
    assert [(r.json["chat_id"], r.json["sequence"]) for r in requests[2:]] == [("a", 1), ("a", 2)]
    assert requests[2].body == held.body
    assert requests[2].headers["webhook-id"] == held.headers["webhook-id"]


async def test_dialogs_and_messages_are_listed_for_those_who_may_see_the_bot(
    shop: Shop, db: Database, app: AppClient
) -> None:
    await shop.publish(*HELLO)
    for chat in ("a", "b", "c"):
        await shop.say("/start", chat=chat)
    first = await shop.admin.get("/api/v1/dialogs?limit=2")
    assert [d["chat_id"] for d in first.json["items"]] == ["c", "b"]
    rest = await shop.admin.get(f"/api/v1/dialogs?limit=2&cursor={first.json['next_cursor']}")
    assert [d["chat_id"] for d in rest.json["items"]] == ["a"]
    assert rest.json["next_cursor"] is None
    dialog = first.json["items"][0]
    assert (dialog["last_text"], dialog["last_direction"]) == ("Hello", "out")
    messages = await shop.admin.get(f"/api/v1/dialogs/{dialog['id']}/messages")
    assert [m["text"] for m in messages.json["items"]] == ["/start", "Hello"]
    found = await shop.admin.get("/api/v1/dialogs?q=Ann")
    assert len(found.json["items"]) == 3
    assert (await shop.admin.get("/api/v1/dialogs?q=nobody")).json["items"] == []
    assert (await app.get("/api/v1/dialogs")).status == 401
    stranger = (await sign_in(db, app, "supervisor", bot_ids=[shop.id + 1])).client
    assert (await stranger.get("/api/v1/dialogs")).json["items"] == []
    for path in ("", "/messages", "/state"):
        assert (await stranger.get(f"/api/v1/dialogs/{dialog['id']}{path}")).status == 404
    assert (await shop.admin.get("/api/v1/dialogs?cursor=nonsense")).status == 422


async def test_the_state_shows_the_variables_of_a_dialog(shop: Shop) -> None:
    await shop.publish(
        [(1, "start", {}), (2, "wait", {"text": "Age?", "save_to": "age"})], [(1, "next", 2)]
    )
    await shop.say("/start A77")
    await shop.say("42")
    (dialog,) = (await shop.admin.get("/api/v1/dialogs")).json["items"]
    state = (await shop.admin.get(f"/api/v1/dialogs/{dialog['id']}/state")).json
    assert state["variables"] == {"age": "42"}
    assert state["known"] == {
        "messenger_input_param": "A77",
        "last_message": "42",
        "bot_id": shop.id,
        "channel": "custom_channel",
        "chat_id": dialog["chat_id"],
        "first_name": "Ann",
    }
