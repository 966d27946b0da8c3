"""Who may be written to: bound by links, asked by call_node, taken back in every way."""

import asyncio
import re
from typing import Any

import pytest

from connective.kit.testing.app_client import Answer, AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.moving_clock import MovingClock
from connective.kit.testing.people import sign_in
from connective.kit.testing.polling import polled
from connective.kit.testing.receiver import Receiver
from connective.kit.testing.shop import Shop

CALL = "/kw/api/call_node/"
NOTIFY = (
    [
        (1, "start", {}),
        (2, "message", {"text": "Welcome {{customer_id}}"}),
        (3, "entry", {"alias": "notify", "trigger": "webhook"}),
        (4, "message", {"text": "Order {{order}} is on its way"}),
    ],
    [(1, "next", 2), (3, "next", 4)],
)


async def opened(shop: Shop, external_id: str, chat: str = "u-77_viber") -> str:
    """A client opens a Link that names him in another system; gives its code."""
    body = {
        "bot_id": shop.id,
        "channel": "custom_channel",
        "label": "Checkout",
        "payload": {"customer_id": external_id},
    }
    link = await shop.admin.post("/api/v1/links", body)
    assert link.status == 201, link.text
    await shop.say(link.json["addresses"]["start_text"], chat)
    code: str = link.json["code"]
    return code


async def call(shop: Shop, **target: Any) -> Answer:
    body = {"bot_id": shop.id, "connector_alias": "notify", "data": {"order": 7}, **target}
    return await shop.partner.post(CALL, body, headers={"authorization": f"API-Key {shop.key}"})


async def subscriptions(shop: Shop, **asked: Any) -> list[dict[str, Any]]:
    answer = await shop.admin.get("/api/v1/subscriptions", params=asked)
    assert answer.status == 200, answer.text
    items: list[dict[str, Any]] = answer.json["items"]
    return items


@pytest.mark.proves("INT-09", part="custom channel")
@pytest.mark.proves("INT-10", part="external_id")
async def test_a_link_binds_the_client_so_that_other_systems_need_no_chat_id(shop: Shop) -> None:
    await shop.publish(*NOTIFY)
    code = await opened(shop, "C9")
    (one,) = await subscriptions(shop, external_id="C9")
    assert (one["status"], one["external_ids"], one["chat_id"]) == (
        "subscribed",
        ["C9"],
        "u-77_viber",
    )
    assert (one["consent"]["why"], one["consent"]["link"]) == ("link", code)
    answer = await call(shop, external_id="C9")
    assert (answer.status, answer.json["chat_id"]) == (200, "u-77_viber")
    assert await shop.texts(2) == ["Welcome C9", "Order 7 is on its way"]
    assert (await call(shop, external_id="C10")).json["code"] == "chat_not_found"


@pytest.mark.proves("INT-09", part="bad input: unsubscribed")
@pytest.mark.proves("INT-10", part="unsubscribed")
async def test_a_word_takes_the_client_off_and_the_next_call_is_refused(shop: Shop) -> None:
    await shop.publish(*NOTIFY)
    await opened(shop, "C9")
    await shop.say(" STOP ")
    assert (await shop.texts(2))[1].startswith("You will get no more notifications")
    (one,) = await subscriptions(shop, status="unsubscribed")
    assert (one["why"], one["consent"]["text"]) == ("word", " STOP ")
    refused = await call(shop, external_id="C9")
    assert (refused.status, refused.json["code"]) == (409, "unsubscribed")
    bodies = [r.json for r in await shop.receiver.wait_for(3)]
    told = [b for b in bodies if b["event"] == "subscription_changed"]
    assert len(told) == 1
    await shop.say("/start")
    assert [s["status"] for s in await subscriptions(shop)] == ["subscribed"]
    assert (await call(shop, external_id="C9")).status == 200


async def test_a_scenario_that_knows_the_word_answers_itself(shop: Shop) -> None:
    trigger = {"type": "command", "value": "/stop", "alias": "bye"}
    await shop.publish(
        [
            (1, "start", {"triggers": [trigger]}),
            (2, "message", {"text": "Welcome"}),
            (3, "entry", {"alias": "bye"}),
            (4, "message", {"text": "Our own goodbye"}),
        ],
        [(1, "next", 2), (3, "next", 4)],
    )
    await shop.say("/stop")
    assert await shop.texts(1) == ["Our own goodbye"]
    assert [s["status"] for s in await subscriptions(shop)] == ["unsubscribed"]


async def test_the_words_of_a_bot_can_be_set(shop: Shop) -> None:
    await shop.publish(*NOTIFY)
    path = f"/api/v1/bots/{shop.id}"
    changed = await shop.admin.patch(path, {"unsubscribe_words": [" Genug "]})
    assert changed.json["unsubscribe_words"] == ["genug"]
    await shop.say("stop")
    assert [s["status"] for s in await subscriptions(shop)] == ["subscribed"]
    await shop.say("GENUG")
    assert [s["status"] for s in await subscriptions(shop)] == ["unsubscribed"]
    empty = await shop.admin.patch(path, {"unsubscribe_words": ["  "]})
    assert empty.status == 422


@pytest.mark.proves("INT-09", part="bad input: two messengers")
@pytest.mark.proves("INT-10", part="preferred chat")
async def test_one_external_id_in_two_chats_keeps_both(shop: Shop) -> None:
    await shop.publish(*NOTIFY)
    await opened(shop, "C9", "u-1")
    await opened(shop, "C9", "u-2")
    both = await subscriptions(shop, external_id="C9")
    assert [one["chat_id"] for one in both] == ["u-2", "u-1"]
    assert (await call(shop, external_id="C9")).json["chat_id"] == "u-2"
    await shop.say("hello", "u-1")
    assert (await call(shop, external_id="C9")).json["chat_id"] == "u-1"
    preferred = await shop.admin.patch(
        f"/api/v1/subscriptions/{both[0]['id']}", {"preferred": True}
    )
    assert preferred.json["preferred"] is True
    assert (await call(shop, external_id="C9")).json["chat_id"] == "u-2"
    await shop.say("/stop", "u-2")
    assert (await call(shop, external_id="C9")).json["chat_id"] == "u-1"


@pytest.mark.proves("INT-10", part="phone")
async def test_a_client_is_called_by_his_phone(shop: Shop) -> None:
    await shop.publish(*NOTIFY)
    update = shop.update(text="/start")
    update["message"]["from"]["phone"] = "380501112233"
    await shop.post(update)
    found = await call(shop, phone="+38 (050) 111-22-33")
    assert (found.status, found.json["chat_id"]) == (200, "u-77_viber")
    (one,) = await subscriptions(shop, phone="380501112233")
    assert one["phone"] == "+380501112233"
    assert (await call(shop, phone="380509999999")).json["code"] == "chat_not_found"


@pytest.mark.proves("INT-09", part="consent record")
async def test_the_page_of_a_link_keeps_what_was_shown_and_who_looked(
    shop: Shop, app: AppClient
) -> None:
    await shop.publish(*NOTIFY)
    body = {"bot_id": shop.id, "channel": "custom_channel"}
    link = (await shop.admin.post("/api/v1/links", body)).json
    query = {"external_id": "C9", "text": "Get order news", "utm_source": "shop"}
    page = await app.get(f"/l/{link['code']}", params=query)
    (start,) = set(re.findall(r"/start l_[A-Za-z0-9]{8}-[A-Za-z0-9]{8}", page.text))
    await shop.say(start)
    (one,) = await subscriptions(shop, external_id="C9")
    assert one["consent"]["text"] == "Get order news"
    assert one["consent"]["address"]
    client = await shop.admin.get(f"/api/v1/clients/{one['client_id']}")
    assert client.json["first_utm_source"] == "shop"


@pytest.mark.proves("INT-09", part="page of the client")
async def test_a_client_unsubscribes_on_his_page_and_a_look_changes_nothing(
    shop: Shop, app: AppClient
) -> None:
    own_page = (2, "message", {"text": "{{unsubscribe_url}}"})
    await shop.publish([(1, "start", {}), own_page], [(1, "next", 2)])
    await shop.say("/start")
    (one,) = await subscriptions(shop)
    assert await shop.texts(1) == [one["unsubscribe_url"]]
    path = "/u/" + one["unsubscribe_url"].rpartition("/")[2]
    look = await app.get(path, headers={"accept-language": "uk"})
    assert (look.status, "Відписатися від сповіщень" in look.text) == (200, True)
    assert [s["status"] for s in await subscriptions(shop)] == ["subscribed"]
    done = await app.post(path)
    assert (done.status, "unsubscribed" in done.text) == (200, True)
    (after,) = await subscriptions(shop)
    assert (after["status"], after["why"]) == ("unsubscribed", "page")
    forged = await app.post(f"/u/{one['id']}-AAAAAAAAAAAAAAAA")
    assert forged.status == 404
    assert (await app.get("/u/9")).status == 404


@pytest.mark.proves("INT-09", part="panel")
async def test_an_operator_takes_a_client_off(shop: Shop, db: Database, app: AppClient) -> None:
    await shop.publish(*NOTIFY)
    await opened(shop, "C9")
    (one,) = await subscriptions(shop)
    operator = await sign_in(db, app, "operator", first_name="Ann")
    path = f"/api/v1/subscriptions/{one['id']}"
    turned = await operator.client.patch(path, {"status": "unsubscribed", "text": "By phone"})
    assert (turned.json["status"], turned.json["why"]) == ("unsubscribed", "panel")
    assert turned.json["consent"]["actor_name"].startswith("Ann")
    assert (await call(shop, external_id="C9")).status == 409
    analyst = await sign_in(db, app, "analyst")
    assert (await analyst.client.patch(path, {"status": "subscribed"})).status == 403


@pytest.mark.proves("INT-09", part="planned")
async def test_a_planned_run_does_not_write_to_who_has_gone_since(
    shop: Shop, moving_clock: MovingClock
) -> None:
    await shop.publish(*NOTIFY)
    await opened(shop, "C9")
    planned = await call(shop, external_id="C9", delay_s=60)
    assert planned.status == 200
    await shop.say("/stop")
    moving_clock.advance(61)
    path = f"/api/v1/runs/{planned.json['run_id']}"

    async def ended() -> bool:
        return bool((await shop.admin.get(path)).json["status"] == "error")

    async with asyncio.timeout(15):
        await polled(ended)
    assert (await shop.admin.get(path)).json["error"] == "unsubscribed"
    bodies = [request.json for request in shop.receiver.requests]
    assert not [b for b in bodies if "on its way" in b.get("message", {}).get("text", "")]


@pytest.mark.proves("INT-14", part="subscription_changed")
@pytest.mark.proves("INT-02", part="webhooks")
async def test_a_webhook_is_told_of_subscriptions_with_the_source(shop: Shop) -> None:
    await shop.publish(*NOTIFY)
    async with Receiver() as crm:
        hook = {"name": "CRM", "url": f"{crm.url}/crm", "events": ["subscription_changed"]}
        made = await shop.admin.post("/api/v1/webhooks", hook)
        assert made.status == 201, made.text
        await shop.say("/start s-google")
        await shop.say("/stop")
        (request,) = await crm.wait_for(1)
    body = request.json
    assert body["data"] == {"status": "unsubscribed", "reason": "word"}
    assert body["client"]["utm"] == {"utm_source": "google"}
    assert body["chat_id"] == "u-77_viber"
