"""Links bring clients to the scenario: with values, at entry points, counted, kept as a source."""

import logging
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from connective.kit.context import unit_of_work
from connective.kit.testing.app_client import Answer
from connective.kit.testing.databases import Database
from connective.kit.testing.desk import Desk
from connective.kit.testing.moving_clock import MovingClock
from connective.kit.testing.shop import Shop
from connective.modules.turns import replay

ORDER = (
    [
        (1, "start", {}),
        (2, "message", {"text": "Start {{messenger_input_param}}|{{city}}|{{utm_source}}"}),
        (3, "entry", {"alias": "order"}),
        (4, "message", {"text": "Your order {{messenger_input_param}}"}),
    ],
    [(1, "next", 2), (3, "next", 4)],
)


async def made(shop: Shop, **given: Any) -> dict[str, Any]:
    body = {"bot_id": shop.id, "channel": "custom_channel", **given}
    answer = await shop.admin.post("/api/v1/links", body)
    assert answer.status == 201, answer.text
    link: dict[str, Any] = answer.json
    return link


async def client_of(shop: Shop, chat: str = "u-77_viber") -> dict[str, Any]:
    found = await shop.admin.get("/api/v1/dialogs", params={"q": chat})
    client_id = found.json["items"][0]["client_id"]
    answer: Answer = await shop.admin.get(f"/api/v1/clients/{client_id}")
    assert answer.status == 200, answer.text
    client: dict[str, Any] = answer.json
    return client


@pytest.mark.proves("INT-01", part="custom channel")
async def test_an_entry_point_is_begun_at_by_its_own_address(shop: Shop) -> None:
    await shop.publish(*ORDER)
    await shop.say("/start ep3-A77")
    assert await shop.texts(1) == ["Your order A77"]
    (link,) = (await shop.admin.get("/api/v1/links")).json["items"]
    assert (link["entry"], link["node_id"], link["starts"]) == (True, 3, 1)
    assert link["addresses"]["start_text"] == "/start ep3"
    refused = await shop.admin.patch(f"/api/v1/links/{link['code']}", {"label": "Mine"})
    assert (refused.status, refused.json["code"]) == (409, "link_of_entry")
    await shop.say("/start ep3", "another")
    await shop.heard(2)
    (link,) = (await shop.admin.get("/api/v1/links")).json["items"]
    assert link["starts"] == 2


@pytest.mark.proves("INT-01", part="payload")
async def test_a_link_carries_its_data_into_variables_and_is_counted(shop: Shop) -> None:
    await shop.publish(*ORDER)
    link = await made(shop, payload={"city": "Lviv", "param": "A77"}, label="Flyer")
    await shop.say(link["addresses"]["start_text"])
    assert await shop.texts(1) == ["Start A77|Lviv|"]
    again = (await shop.admin.get(f"/api/v1/links/{link['code']}")).json
    assert (again["starts"], again["clicks"]) == (1, 0)
    at_entry = await made(shop, node_id=3, payload={"param": "B1"})
    await shop.say(at_entry["addresses"]["start_text"])
    assert (await shop.texts(2))[1] == "Your order B1"


@pytest.mark.proves("INT-02", part="custom channel")
async def test_the_first_source_stays_and_the_last_is_replaced_whole(shop: Shop) -> None:
    await shop.publish(*ORDER)
    await shop.say("/start s-google__m-cpc__c-spring")
    first = await client_of(shop)
    assert first["first_utm_source"] == "google"
    assert first["last_utm_campaign"] == "spring"
    await shop.say("/start s-fb")
    after = await client_of(shop)
    for source, count in (("fb", 1), ("google", 0)):
        came = await shop.admin.get("/api/v1/dialogs", params={"utm_source": source})
        assert len(came.json["items"]) == count
    assert (after["first_utm_source"], after["first_utm_campaign"]) == ("google", "spring")
    assert (after["last_utm_source"], after["last_utm_campaign"]) == ("fb", None)
    assert (await shop.texts(2))[1] == "Start s-fb||fb"


@pytest.mark.proves("INT-02", part="bad input: undecodable")
async def test_a_value_that_is_no_set_of_tags_is_kept_whole(shop: Shop) -> None:
    await shop.publish(*ORDER)
    await shop.say("/start s-google__what")
    assert await shop.texts(1) == ["Start s-google__what||"]
    assert (await client_of(shop))["first_source"] == {}


@pytest.mark.proves("INT-01", part="bad input: on arrival")
@pytest.mark.parametrize(
    "kind", ["unknown", "expired", "foreign", "deleted", "no_entry", "no_node"]
)
async def test_a_link_that_is_no_good_begins_at_start_with_the_raw_value(
    shop: Shop,
    second_shop: Shop,
    moving_clock: MovingClock,
    caplog: pytest.LogCaptureFixture,
    kind: str,
) -> None:
    await shop.publish(*ORDER)
    if kind == "foreign":
        code = (await made(second_shop, payload={"city": "Odesa"}))["code"]
    elif kind in ("unknown", "no_entry", "no_node"):
        code = "00000000"
    else:
        link = await made(shop, payload={"city": "Odesa"}, expires_at="2099-01-01T00:00:00Z")
        code = link["code"]
        if kind == "deleted":
            gone = await shop.admin.delete(f"/api/v1/links/{code}")
            assert gone.status == 204
        else:
            soon = {"expires_at": "2000-01-01T00:00:00Z"}
            changed = await shop.admin.patch(f"/api/v1/links/{code}", soon)
            assert (changed.status, changed.json["expired"]) == (200, True)
    param = {"no_entry": "ep2-X", "no_node": "ep99"}.get(kind, f"l_{code}")
    with caplog.at_level(logging.WARNING):
        await shop.say(f"/start {param}")
    assert await shop.texts(1) == [f"Start {param}||"]
    assert param in caplog.text
    (run,) = (await shop.admin.get("/api/v1/runs")).json["items"]
    detail = (await shop.admin.get(f"/api/v1/runs/{run['id']}")).json
    (step,) = detail["steps"]
    assert param in step["warnings"][0]["message"]


@pytest.mark.proves("INT-01", part="operator in the chat")
@pytest.mark.proves("INT-02", part="client card and chat filter")
async def test_a_chat_with_an_operator_is_not_interrupted_by_a_link(desk: Desk) -> None:
    shop = desk.shop
    request = await desk.request(desk.own)
    link = await made(
        shop, payload={"city": "Lviv"}, label="Spring flyer", utm={"utm_source": "print"}
    )
    await shop.say(link["addresses"]["start_text"], "c1")
    shown = await desk.own.client.get(f"/api/v1/requests/{request['id']}/messages")
    lines = [m for m in shown.json["items"] if (m["content"] or {}).get("line") == "link_opened"]
    assert [line["text"] for line in lines] == ["The client opened the link Spring flyer."]
    dialog_id = request["dialog_id"]
    kept = await desk.admin.client.get(f"/api/v1/dialogs/{dialog_id}/state")
    assert kept.json["variables"] == {"city": "Lviv"}
    assert (await client_of(shop, "c1"))["last_utm_source"] == "print"
    opened = await desk.own.client.get(f"/api/v1/requests/{request['id']}")
    assert opened.json["client"]["source"] == {
        place: {"utm_source": "print"} for place in ("first", "last", "here")
    }
    for tag, found in (("print", [request["id"]]), ("radio", [])):
        chats = await desk.own.client.get("/api/v1/chats", params={"utm_source": tag})
        assert [chat["id"] for chat in chats.json["items"]] == found


@pytest.mark.proves("INT-01", part="statistics")
async def test_clicks_and_starts_are_counted_by_the_day_where_the_bot_is(
    shop: Shop, moving_clock: MovingClock
) -> None:
    await shop.publish(*ORDER)
    await shop.admin.patch(f"/api/v1/bots/{shop.id}", {"timezone": "Pacific/Kiritimati"})
    link = await made(shop)
    today = moving_clock.now().astimezone(ZoneInfo("Pacific/Kiritimati")).date()
    await shop.partner.get(f"/l/{link['code']}")
    await shop.say(link["addresses"]["start_text"], "c1")
    await shop.say("/start ep3", "c1")
    moving_clock.advance(24 * 3600)
    await shop.say(link["addresses"]["start_text"], "c2")
    path = f"/api/v1/links/{link['code']}/days"
    days = (await shop.admin.get(path)).json["items"]
    assert len(days) == 30
    assert days[-2:] == [
        {"day": today.isoformat(), "clicks": 1, "starts": 1},
        {"day": (today + timedelta(days=1)).isoformat(), "clicks": 0, "starts": 1},
    ]
    assert {(one["clicks"], one["starts"]) for one in days[:-2]} == {(0, 0)}
    (entry,) = [
        one for one in (await shop.admin.get("/api/v1/links")).json["items"] if one["entry"]
    ]
    one_day = {"from": today.isoformat(), "to": today.isoformat()}
    counted = await shop.admin.get(f"/api/v1/links/{entry['code']}/days", params=one_day)
    assert counted.json["items"] == [{"day": today.isoformat(), "clicks": 0, "starts": 1}]
    for wrong in ({"from": "2031-05-02", "to": "2031-05-01"}, {"from": "2029-01-01"}):
        refused = await shop.admin.get(path, params=wrong)
        assert refused.json["errors"][0]["code"] == "bad_period"
    assert (await shop.admin.delete(f"/api/v1/links/{link['code']}")).status == 204


@pytest.mark.proves("INT-01", part="replay")
async def test_what_a_link_gave_is_recorded_and_replays_after_it_is_gone(
    shop: Shop, db: Database
) -> None:
    await shop.publish(*ORDER)
    link = await made(shop, payload={"city": "Lviv"}, utm={"utm_source": "print"})
    await shop.say(link["addresses"]["start_text"])
    await shop.heard(1)
    await shop.admin.delete(f"/api/v1/links/{link['code']}")
    dialog_id = (await shop.admin.get("/api/v1/dialogs")).json["items"][0]["id"]
    async with unit_of_work() as ctx:
        replayed = await replay.dialog(ctx, dialog_id)
    assert (replayed.steps, replayed.differences) == (1, [])


@pytest.mark.proves("INT-02", part="outgoing links")
async def test_a_message_block_tags_the_links_to_listed_hosts(shop: Shop) -> None:
    said = {
        "text": "https://shop.example/sale and https://other.example",
        "add_utm": {"domains": ["shop.example"], "utm_source": "bot"},
    }
    await shop.publish([(1, "start", {}), (2, "message", said)], [(1, "next", 2)])
    await shop.say("/start")
    assert await shop.texts(1) == [
        "https://shop.example/sale?utm_source=bot and https://other.example"
    ]
