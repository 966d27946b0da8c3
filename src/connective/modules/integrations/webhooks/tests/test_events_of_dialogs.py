"""A client's conversation as a third system hears of it."""

from typing import Any

import pytest
from standardwebhooks import Webhook as PublicVerifier

from connective.kit.context import unit_of_work
from connective.kit.testing.databases import Database
from connective.kit.testing.receiver import Receiver
from connective.kit.testing.shop import Shop

pytestmark = pytest.mark.proves("INT-14", part="messages")
GREETING = ([(1, "start", {}), (2, "message", {"text": {"en": "Hello"}})], [(1, "next", 2)])
PATH = "/api/v1/webhooks"


async def hear(shop: Shop, listener: Receiver, *events: str, **more: Any) -> dict[str, Any]:
    given = {"name": "CRM", "url": listener.url + "/hook", "events": list(events) or ["*"]} | more
    answer = await shop.admin.post(PATH, given)
    assert answer.status == 201, answer.text
    made: dict[str, Any] = answer.json
    return made


async def test_what_a_client_and_the_bot_say_is_heard_in_order_and_signed(
    shop: Shop, db: Database
) -> None:
    async with Receiver() as listener:
        made = await hear(shop, listener, "message_from_client", "message_from_bot")
        await shop.publish(*GREETING)
        update = shop.update(text="/start")
        update["message"]["from"]["phone"] = "+380501112233"
        await shop.post(update)
        requests = await listener.wait_for(2)
        verifier = PublicVerifier(made["secret"])
        first, second = (verifier.verify(r.body, dict(r.headers)) for r in requests)
    assert [first["event_name"], second["event_name"]] == [
        "message_from_client",
        "message_from_bot",
    ]
    assert [first["sequence"], second["sequence"]] == [1, 2]
    assert first["chat_id"] == second["chat_id"] == "u-77_viber"
    assert (first["bot_id"], first["channel"]) == (shop.id, "custom_channel")
    assert first["chat_room_id"] is None
    assert first["client"]["name"] == "Ann"
    assert first["client"]["phone"] == "380501112233"
    assert first["message"]["text"] == "/start"
    assert first["message"]["from"]["kind"] == "client"
    assert first["message"]["from"]["id"] == first["client"]["id"]
    assert second["message"]["text"] == "Hello"
    assert second["message"]["from"]["kind"] == "bot"


async def test_a_new_client_and_each_status_of_a_message_are_heard(shop: Shop) -> None:
    async with Receiver() as listener:
        await hear(shop, listener, "client_created", "message_status")
        await shop.publish(*GREETING)
        await shop.say("/start")
        bodies = {r.json["event_name"]: r.json for r in await listener.wait_for(2)}
    created, status = bodies["client_created"], bodies["message_status"]
    assert created["chat_id"] == "u-77_viber"
    assert created["message"] is None
    assert status["data"] == {"status": "sent", "error": None}
    assert status["message"]["text"] == "Hello"


async def test_a_webhook_that_fails_delays_no_chat(shop: Shop) -> None:
    async with Receiver() as listener:
        listener.always(500)
        await hear(shop, listener)
        await shop.publish(*GREETING)
        await shop.say("/start")
        assert await shop.texts(1) == ["Hello"]
        assert (await listener.wait_for(1))[0].json["event_name"]


async def test_a_log_that_is_read_again_sends_nothing_twice(shop: Shop, db: Database) -> None:
    async with Receiver() as listener:
        await hear(shop, listener, "message_from_client")
        await shop.publish(*GREETING)
        await shop.say("/start")
        await listener.wait_for(1)
        await db.execute("UPDATE event_cursors SET position = 0 WHERE listener = 'webhooks'")
        await shop.say("again")
        heard: dict[str, str] = {}
        count = 2
        # What was under way when its sender was taken for dead comes again, under the same id.
        while len(heard) < 2:
            requests = await listener.wait_for(count)
            heard = {r.headers["webhook-id"]: r.json["message"]["text"] for r in requests}
            count += 1
    assert list(heard.values()) == ["/start", "again"]
    assert await db.value("SELECT count(*) FROM deliveries WHERE kind = 'webhook'") == 2


async def test_our_own_call_node_is_not_called_round_in_circles(shop: Shop, db: Database) -> None:
    url = f"{shop.admin.url}/kw/api/call_node/{shop.id}/1"
    given = {"name": "Loop", "url": url, "events": ["bot_activated"]}
    assert (await shop.admin.post(PATH, given)).status == 201
    async with unit_of_work() as ctx:
        for depth in (4, 5):
            data = {"id": shop.id, "name": "Shop", "alias": "shop", "depth": depth}
            ctx.emit("bot.activated", data, bot_id=shop.id)
        ctx.emit("bot.deactivated", {"id": shop.id, "name": "Shop", "alias": "shop"})
    async with Receiver() as listener:
        await hear(shop, listener, "bot_activated")
        async with unit_of_work() as ctx:
            data = {"id": shop.id, "name": "Shop", "alias": "shop"}
            ctx.emit("bot.activated", data, bot_id=shop.id)
        await listener.wait_for(1)
    rows = await db.fetch(
        "SELECT body FROM deliveries d JOIN endpoints e ON e.id = d.endpoint_id"
        " WHERE e.name = 'Loop' ORDER BY d.sequence"
    )
    assert [b'"depth":5' in row["body"] for row in rows] == [True, False]
