"""Messages by template on their way: tagged links, a provider that is down, the next channel."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.loopback import serving
from connective.kit.testing.moving_clock import MovingClock
from connective.kit.testing.polling import polled
from connective.kit.testing.shop import Shop
from connective.kit.testing.telegram_shop import TelegramShop
from connective.stand_ins.telegram import TelegramServer

PHONE = "380662094811"


async def planned(
    shop: Shop, content: dict[str, Any], channels: Sequence[str] = (), **asked: Any
) -> str:
    """A message by a template of this content; gives its address in the API."""
    template = {"name": "Ready", "content": content, "channels": list(channels)}
    made = await shop.admin.post("/api/v1/broadcast-templates", template)
    assert made.status == 201, made.text
    sent = await shop.admin.post(
        "/kw/api/broadcast/route",
        {"phone": PHONE, "bot_id": shop.id, "template_id": made.json["id"], **asked},
    )
    assert sent.status == 200, sent.text
    return f"/api/v1/broadcast/messages/{sent.json['message_id']}"


async def known(shop: Shop) -> None:
    who = {"id": "u-77", "first_name": "Ann", "phone": PHONE}
    message = {"from": who, "chat": {"id": "u-77"}, "text": "hello"}
    assert (await shop.post(shop.update(message=message))).status == 200


async def until(client: AppClient, path: str, **wanted: str) -> None:
    """Wait until the message is as it is wanted."""

    async def is_so() -> bool:
        now = (await client.get(path)).json
        return all(now[name] == value for name, value in wanted.items())

    await polled(is_so)


@pytest.mark.proves("INT-02", part="outgoing links of templates")
async def test_links_to_listed_hosts_are_tagged_and_the_client_has_his_own_page(
    shop: Shop, app: AppClient
) -> None:
    await known(shop)
    content = {
        "texts": {"en": "https://shop.example/{{order}} https://other.example {{unsubscribe_url}}"},
        "buttons": [{"text": "Open", "kind": "url", "url": "https://shop.example/#top"}],
        "add_utm": {"domains": ["shop.example"], "utm_source": "bot"},
    }
    asked = {"content": content, "variables": {"order": "A77"}}
    preview = await shop.admin.post("/api/v1/broadcast-templates/preview", asked)
    assert preview.json["missing"] == []
    await planned(shop, content, variables={"order": "A77", "unsubscribe_url": "https://evil"})
    (body,) = await shop.heard(1)
    tagged, other, page = body["message"]["text"].split()
    assert (tagged, other) == ("https://shop.example/A77?utm_source=bot", "https://other.example")
    (row,) = body["message"]["keyboard"]["rows"]
    assert row[0]["url"] == "https://shop.example/?utm_source=bot#top"
    assert (await app.post("/u/" + page.rpartition("/u/")[2])).status == 200
    (one,) = (await shop.admin.get("/api/v1/subscriptions")).json["items"]
    assert (one["status"], one["why"]) == ("unsubscribed", "page")


@pytest.mark.proves("INT-12", part="provider down")
async def test_a_provider_that_is_down_delays_the_message(
    shop: Shop, moving_clock: MovingClock
) -> None:
    await known(shop)
    shop.receiver.answer(503)
    path = await planned(shop, {"texts": {"en": "Ready"}})
    await shop.heard(1)
    assert (await shop.admin.get(path)).json["status"] == "queued"
    moving_clock.advance(61)
    first, second = await shop.heard(2)
    assert first == second
    await until(shop.admin, path, status="sent")


@pytest.mark.proves("INT-12", part="fallback")
async def test_what_one_channel_refuses_goes_out_in_the_next(shop: Shop) -> None:
    await known(shop)
    async with TelegramServer() as server, serving(server.app()) as url:
        telegram = TelegramShop(shop.admin, shop.partner, server, url)
        made = await telegram.try_to_connect(shop.id, telegram.bot.token)
        assert made.status == 201, made.text
        contact = {"phone_number": PHONE, "first_name": "Ann", "user_id": 77}
        await server.says(contact=contact)
        telegram.bot.fail("sendMessage", 400, "Bad Request: message is too strange")
        path = await planned(
            shop,
            {"texts": {"en": "Ready"}},
            channel="telegram",
            fallback=["sms", "custom_channel"],
        )
        (body,) = await shop.heard(1)
    assert body["message"]["text"] == "Ready"
    await until(shop.admin, path, status="sent", channel="custom_channel")


@pytest.mark.proves("INT-12", part="channels")
async def test_the_channels_of_the_template_go_before_where_the_client_wrote_last(
    shop: Shop,
) -> None:
    await known(shop)
    async with TelegramServer() as server, serving(server.app()) as url:
        telegram = TelegramShop(shop.admin, shop.partner, server, url)
        made = await telegram.try_to_connect(shop.id, telegram.bot.token)
        assert made.status == 201, made.text
        contact = {"phone_number": PHONE, "first_name": "Ann", "user_id": 77}
        await server.says(contact=contact)
        chosen = await planned(shop, {"texts": {"en": "Ready"}}, ["viber", "custom_channel"])
        await until(shop.admin, chosen, status="sent", channel="custom_channel")


@pytest.mark.proves("INT-12", part="channels")
async def test_a_client_who_is_in_other_channels_only_is_told_apart_from_one_who_left(
    shop: Shop,
) -> None:
    await known(shop)
    template = {"name": "Ready", "content": {"texts": {"en": "Ready"}}}
    made = await shop.admin.post("/api/v1/broadcast-templates", template)
    asked = {"phone": PHONE, "bot_id": shop.id, "template_id": made.json["id"]}
    elsewhere = await shop.admin.post("/kw/api/broadcast/route", asked | {"channel": "sms"})
    assert (elsewhere.status, elsewhere.json["code"]) == (422, "not_in_channel")
    assert "sms" in elsewhere.json["message"]
    assert "custom_channel" in elsewhere.json["message"]


@pytest.mark.proves("INT-12", part="quiet hours")
async def test_in_quiet_hours_of_the_bots_own_zone_a_message_waits_for_their_end(
    shop: Shop, moving_clock: MovingClock
) -> None:
    await known(shop)
    zone = ZoneInfo("Pacific/Kiritimati")
    await shop.admin.patch(f"/api/v1/bots/{shop.id}", {"timezone": zone.key})
    begins = moving_clock.now().astimezone(zone).replace(minute=0, second=0, microsecond=0)
    ends = begins + timedelta(hours=1)
    quiet = {"quiet_from": f"{begins:%H:%M}", "quiet_to": f"{ends:%H:%M}"}
    await shop.admin.put("/api/v1/broadcast/settings", {"limit_per_minute": 0, **quiet})
    path = await planned(shop, {"texts": {"en": "Ready"}})
    waiting = (await shop.admin.get(path)).json
    assert waiting["status"] == "scheduled"
    assert datetime.fromisoformat(waiting["send_at"]) == ends
    assert shop.receiver.requests == []
    moving_clock.advance(3601)
    assert len(await shop.heard(1)) == 1
