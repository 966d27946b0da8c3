"""Links opened in Telegram: to an entry point, with campaign tags, with a client's number."""

from typing import Any

import pytest

from connective.kit.testing.receiver import Receiver
from connective.kit.testing.telegram_shop import TelegramShop
from connective.stand_ins.telegram import Person


async def source_of(telegram: TelegramShop) -> dict[str, Any]:
    """The one client of the shop, as other systems see him."""
    (client,) = (await telegram.admin.get("/api/v1/clients")).json["items"]
    found = await telegram.admin.get(f"/api/v1/clients/{client['id']}")
    assert found.status == 200, found.text
    return dict(found.json)


@pytest.mark.proves("INT-01", part="channels that exist")
async def test_a_link_to_an_entry_point_starts_there_with_its_value(telegram: TelegramShop) -> None:
    await telegram.publish(
        [
            (1, "start", {}),
            (2, "message", {"text": {"en": "Hello {{first_name}}", "uk": "Вітаю"}}),
            (3, "entry", {"alias": "order"}),
            (4, "message", {"text": "Your order {{messenger_input_param}}"}),
        ],
        [(1, "next", 2), (3, "next", 4)],
    )
    asked = {"bot_id": telegram.bot_id, "channel": "telegram", "node_id": 3}
    shown = await telegram.admin.post("/api/v1/links/preview", asked)
    url = shown.json["addresses"]["url"] + "-A77"
    assert url == f"https://t.me/{telegram.bot.username}?start=ep3-A77"
    await telegram.server.says("/start " + url.partition("?start=")[2])
    await telegram.sent(1)
    (link,) = (await telegram.admin.get("/api/v1/links")).json["items"]
    assert (link["entry"], link["node_id"], link["starts"]) == (True, 3, 1)
    await telegram.server.says("/start", by=Person(78))
    first, second = await telegram.sent(2)
    assert {first["text"], second["text"]} == {"Your order A77", "Hello Ann"}
    unknown = "/start ep99-B1"
    await telegram.server.says(unknown, by=Person(79))
    assert (await telegram.sent(3))[2]["text"] == "Hello Ann"


@pytest.mark.proves("INT-02", part="telegram")
async def test_the_first_campaign_stays_and_the_last_is_replaced_whole(
    telegram: TelegramShop,
) -> None:
    await telegram.publish(
        [(1, "start", {}), (2, "message", {"text": "From {{utm_source}}"})], [(1, "next", 2)]
    )
    await telegram.server.says("/start s-google__m-cpc__c-spring")
    client = await source_of(telegram)
    assert (client["first_utm_source"], client["last_utm_campaign"]) == ("google", "spring")
    await telegram.server.says("/start s-fb")
    after = await source_of(telegram)
    assert after["first_source"] == client["first_source"]
    assert (after["last_utm_source"], after["last_utm_campaign"]) == ("fb", None)
    assert [call["text"] for call in await telegram.sent(2)] == ["From google", "From fb"]


@pytest.mark.proves("INT-09", part="all but topics of broadcasts")
async def test_a_client_of_the_shop_subscribes_is_notified_and_blocks_the_bot(
    telegram: TelegramShop,
) -> None:
    async with Receiver() as crm:
        told = {
            "url": f"{crm.url}/subscribed",
            "method": "POST",
            "format": "JSON",
            "data": {"customer_id": "{{customer_id}}"},
        }
        await telegram.publish(
            [
                (1, "start", {}),
                (2, "message", {"text": "Thank you"}),
                (3, "action", {"template_id": "send_me", "values": told}),
                (4, "entry", {"alias": "notify", "trigger": "webhook"}),
                (5, "message", {"text": "Order {{order}} is on its way"}),
            ],
            [(1, "next", 3), (3, "ok", 2), (4, "next", 5)],
        )
        link = await telegram.admin.post(
            "/api/v1/links",
            {
                "bot_id": telegram.bot_id,
                "channel": "telegram",
                "payload": {"customer_id": "C9"},
            },
        )
        await telegram.server.says(link.json["addresses"]["start_text"], by=Person(1001))
        (request,) = await crm.wait_for(1)
    assert request.json == {"customer_id": "C9", "chat_id": "1001", "channel": "telegram"}
    await telegram.sent(1)
    notify = {
        "bot_id": telegram.bot_id,
        "connector_alias": "notify",
        "external_id": "C9",
        "data": {"order": 7},
    }
    called = await telegram.admin.post("/kw/api/call_node/", notify)
    assert (called.status, called.json["chat_id"]) == (200, "1001")
    said = (await telegram.sent(2))[1]
    assert (said["chat_id"], said["text"]) == (1001, "Order 7 is on its way")
    await telegram.server.blocks(Person(1001))
    registry = await telegram.admin.get("/api/v1/subscriptions", params={"external_id": "C9"})
    assert [one["status"] for one in registry.json["items"]] == ["unsubscribed"]
    refused = await telegram.admin.post("/kw/api/call_node/", notify)
    assert (refused.status, refused.json["code"]) == (409, "unsubscribed")
