"""A webhook that leads to our own call_node: it starts scenarios, but never round in circles."""

import asyncio
from typing import Any

import pytest

from connective.kit.testing.databases import Database
from connective.kit.testing.polling import polled
from connective.kit.testing.shop import Shop

pytestmark = pytest.mark.proves("INT-14", part="loop guard")
WEBHOOKS = "/api/v1/webhooks"
SCENARIO: tuple[list[Any], list[Any]] = (
    [
        (1, "start", {}),
        (2, "message", {"text": "Hello"}),
        (3, "entry", {"alias": "echo", "trigger": "webhook"}),
        (4, "message", {"text": "Heard {{event_name}}: {{message.text}}"}),
    ],
    [(1, "next", 2), (3, "next", 4)],
)
DEEPEST = 5


async def own_webhook(shop: Shop, *events: str) -> int:
    """A webhook to the shop's own entry point, which is open."""
    await shop.publish(*SCENARIO)
    point = f"/api/v1/bots/{shop.id}/entry-points/3"
    assert (await shop.admin.patch(point, {"require_key": False})).status == 200
    url = f"{shop.admin.url}/kw/api/call_node/{shop.id}/3"
    made = await shop.admin.post(WEBHOOKS, {"name": "Own", "url": url, "events": list(events)})
    assert made.status == 201, made.text
    number: int = made.json["id"]
    return number


async def quiet(db: Database, endpoint: int) -> list[dict[str, Any]]:
    """The calls of the webhook, once every event is read and every call is answered."""

    async def done() -> bool:
        unread = await db.value(
            "SELECT count(*) FROM events WHERE id > "
            "(SELECT position FROM event_cursors WHERE listener = 'webhooks')"
        )
        going = await db.value("SELECT count(*) FROM deliveries WHERE status <> 'delivered'")
        return bool(unread == 0 and going == 0)

    async with asyncio.timeout(30):
        await polled(done)
    query = "SELECT body, log FROM deliveries WHERE endpoint_id = $1 ORDER BY sequence"
    return await db.fetch(query, endpoint)


async def test_the_fields_of_the_event_are_variables_of_the_scenario(shop: Shop) -> None:
    await own_webhook(shop, "message_from_client")
    await shop.say("/start")
    assert sorted(await shop.texts(2)) == ["Heard message_from_client: /start", "Hello"]


async def test_messages_that_answer_messages_end_at_the_limit(shop: Shop, db: Database) -> None:
    endpoint = await own_webhook(shop, "message_from_bot")
    await shop.say("/start")
    texts = await shop.texts(1 + DEEPEST)
    assert texts[0] == "Hello"
    calls = await quiet(db, endpoint)
    assert len(calls) == DEEPEST
    for depth, call in enumerate(calls, start=1):
        assert f'"depth":{depth}'.encode() in call["body"]
    assert len(shop.receiver.requests) == 1 + DEEPEST
    # a client who writes begins anew
    await shop.say("again")
    assert len(await shop.texts(2 * (1 + DEEPEST))) == 2 * (1 + DEEPEST)
    assert len(await quiet(db, endpoint)) == 2 * DEEPEST
    assert len(shop.receiver.requests) == 2 * (1 + DEEPEST)


async def test_a_variable_named_depth_of_another_caller_is_a_variable_only(
    shop: Shop, db: Database
) -> None:
    endpoint = await own_webhook(shop, "message_from_bot")
    call = {"chat_id": "c-1", "data": {"depth": 5, "event_name": "mine", "message": {"text": "x"}}}
    keyed = shop.partner.another(Authorization=f"API-Key {shop.key}")
    answer = await keyed.post(f"/kw/api/call_node/{shop.id}/3", call)
    assert answer.status == 200, answer.text
    await shop.texts(1 + DEEPEST)
    assert len(await quiet(db, endpoint)) == DEEPEST
    assert await db.value("SELECT count(*) FROM run_depths") == DEEPEST
