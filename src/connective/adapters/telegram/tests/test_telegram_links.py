"""Clients who come by links through Telegram: entry points, sources, subscriptions."""

import re
from typing import Any

import pytest

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.receiver import Receiver
from connective.kit.testing.telegram_shop import TelegramShop

ORDER = (
    [
        (1, "start", {}),
        (10, "message", {"text": "From {{utm_source}}"}),
        (3, "entry", {"alias": "order"}),
        (4, "message", {"text": "Your order {{messenger_input_param}}"}),
    ],
    [(1, "next", 10), (3, "next", 4)],
)


async def fresh(unconnected: TelegramShop, scenario: Any) -> TelegramShop:
    await unconnected.connect()
    await unconnected.publish(*scenario)
    return unconnected


async def link_of(shop: TelegramShop, **given: Any) -> dict[str, Any]:
    body = {"bot_id": shop.bot_id, "channel": "telegram", **given}
    made = await shop.admin.post("/api/v1/links", body)
    assert made.status == 201, made.text
    link: dict[str, Any] = made.json
    return link


@pytest.mark.proves("INT-01")
async def test_the_address_of_an_entry_point_brings_its_value(unconnected: TelegramShop) -> None:
    shop = await fresh(unconnected, ORDER)
    asked = {"bot_id": shop.bot_id, "channel": "telegram", "node_id": 3}
    shown = (await shop.admin.post("/api/v1/links/preview", asked)).json["addresses"]
    name = shop.bot.me()["username"]
    assert shown["url"] == f"https://t.me/{name}?start=ep3"
    assert shown["group_url"] == f"https://t.me/{name}?startgroup=ep3"
    await shop.server.says(f"/start {shown['url'].rpartition('=')[2]}-A77")
    (said,) = await shop.sent(1)
    assert said["text"] == "Your order A77"
    (line,) = (await shop.admin.get("/api/v1/links")).json["items"]
    assert (line["node_id"], line["channel"], line["starts"]) == (3, "telegram", 1)


@pytest.mark.proves("INT-01", part="redirect page")
async def test_the_page_of_a_link_leads_into_telegram_and_nowhere_else(
    unconnected: TelegramShop, app: AppClient
) -> None:
    shop = await fresh(unconnected, ORDER)
    link = await link_of(shop, label="Flyer")
    name = shop.bot.me()["username"]
    asked = {"url": "https://evil.example", "to": "//evil.example"}
    page = await app.get(f"/l/{link['code']}", params=asked)
    assert page.status == 302
    start = re.fullmatch(
        rf"https://t\.me/{name}\?start=(l_{link['code']}-[A-Za-z0-9]{{8}})",
        page.headers["location"],
    )
    assert start is not None
    await shop.server.says(f"/start {start[1]}")
    await shop.sent(1)
    again = (await shop.admin.get(f"/api/v1/links/{link['code']}")).json
    assert (again["clicks"], again["starts"]) == (1, 1)


@pytest.mark.proves("INT-02")
async def test_tags_in_a_start_value_become_the_source_of_the_client(
    unconnected: TelegramShop,
) -> None:
    shop = await fresh(unconnected, ORDER)
    await shop.server.says("/start s-google__m-cpc__c-spring")
    await shop.server.says("/start s-fb")
    said = await shop.sent(2)
    assert [one["text"] for one in said] == ["From google", "From fb"]
    (found,) = (await shop.admin.get("/api/v1/clients")).json["items"]
    client = (await shop.admin.get(f"/api/v1/clients/{found['id']}")).json
    assert (client["first_utm_source"], client["first_utm_campaign"]) == ("google", "spring")
    assert (client["last_utm_source"], client["last_utm_campaign"]) == ("fb", None)


@pytest.mark.proves("INT-09")
@pytest.mark.proves("INT-10", part="external_id through Telegram")
async def test_a_client_subscribes_by_a_link_is_written_to_and_blocks_the_bot(
    unconnected: TelegramShop, receiver: Receiver
) -> None:
    values = {
        "url": f"{receiver.url}/crm",
        "method": "POST",
        "format": "JSON",
        "data": {"customer_id": "{{customer_id}}"},
    }
    scenario = (
        [
            (1, "start", {}),
            (2, "action", {"template_id": "send_me", "values": values}),
            (3, "message", {"text": "Thank you"}),
            (4, "entry", {"alias": "notify", "trigger": "webhook"}),
            (5, "message", {"text": "Order {{order}} is on its way"}),
        ],
        [(1, "next", 2), (2, "ok", 3), (4, "next", 5)],
    )
    shop = await fresh(unconnected, scenario)
    link = await link_of(shop, payload={"customer_id": "C9"})
    await shop.server.says(link["addresses"]["start_text"])
    (told,) = await receiver.wait_for(1)
    chat_id = str((await shop.sent(1))[0]["chat_id"])
    assert told.json == {"customer_id": "C9", "chat_id": chat_id, "channel": "telegram"}
    call = {
        "bot_id": shop.bot_id,
        "connector_alias": "notify",
        "external_id": "C9",
        "data": {"order": 7},
    }
    started = await shop.admin.post("/kw/api/call_node/", call)
    assert (started.status, started.json["chat_id"]) == (200, chat_id)
    assert (await shop.sent(2))[1]["text"] == "Order 7 is on its way"
    await shop.server.blocks()
    (one,) = (await shop.admin.get("/api/v1/subscriptions")).json["items"]
    assert (one["status"], one["why"]) == ("unsubscribed", "blocked")
    refused = await shop.admin.post("/kw/api/call_node/", call)
    assert (refused.status, refused.json["code"]) == (409, "unsubscribed")
    await shop.server.blocks(blocked=False)
    (one,) = (await shop.admin.get("/api/v1/subscriptions")).json["items"]
    assert one["status"] == "subscribed"
