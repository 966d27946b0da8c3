"""The catalogue: what a fresh instance lists, and how a card tells that its partner fails."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import text

from connective.contracts import integration
from connective.contracts.integration import Connection
from connective.kit.context import Ctx, unit_of_work
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person, sign_in
from connective.kit.testing.polling import polled
from connective.kit.testing.receiver import Receiver
from connective.kit.testing.shop import Shop
from connective.modules.catalogue.watching import watch

PATH = "/api/v1/integrations"
GUIDE = Path(__file__).parents[5] / "docs" / "guide"
HELLO: Any = ([(1, "start", {}), (2, "message", {"text": "Hi"})], [(1, "next", 2)])


async def cards(client: AppClient) -> dict[str, dict[str, Any]]:
    answer = await client.get(f"{PATH}/health")
    assert answer.status == 200, answer.text
    return {card["key"]: card for card in answer.json["items"]}


async def turned(client: AppClient, key: str, state: str) -> dict[str, Any]:
    found: dict[str, Any] = {}

    async def so() -> bool:
        found.update((await cards(client))[key])
        return bool(found["state"] == state)

    async with asyncio.timeout(20):
        await polled(so)
    return found


@pytest.mark.proves("INT-03", part="own cards of a fresh instance")
async def test_a_fresh_instance_lists_what_can_be_connected(admin: Person) -> None:
    found = await cards(admin.client)
    assert found.keys() >= {"custom_channel", "api", "call_node", "webhooks", "send_request"}
    for card in found.values():
        assert card["state"] == "not_configured"
        for told in ("name", "purpose", "use_when", "purposes", "guide"):
            assert card[told]
        for way in ("configure", "test_page") if card["test"] == "page" else ("configure",):
            assert card[way].startswith("/")
        assert card["test"] in ("here", "page"), card["key"]
        assert (GUIDE / f"{card['guide']}.md").exists(), card["guide"]
        assert not card["name"].startswith("cards.")


@pytest.mark.proves("INT-03", part="one card's fault")
async def test_a_card_that_cannot_be_read_says_so_and_takes_nothing_from_the_others(
    admin: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = await cards(admin.client)

    async def broken(ctx: Ctx) -> Sequence[Connection]:
        await ctx.db.execute(text("SELECT 1 / 0"))
        return ()

    every = [
        msgspec.structs.replace(card, connections=broken) if card.key == "links" else card
        for card in integration.every()
    ]
    monkeypatch.setattr(integration, "every", lambda: every)
    after = await cards(admin.client)
    assert after["links"]["state"] == "error"
    assert "cannot be read" in after["links"]["last_error"]["text"]
    del before["links"], after["links"]
    assert after == before
    async with unit_of_work() as ctx:
        await watch(ctx)


@pytest.mark.proves("INT-03")
async def test_a_broken_address_turns_its_card_to_error_with_the_first_failed_delivery(
    shop: Shop, receiver: Receiver
) -> None:
    await shop.publish(*HELLO)
    await shop.say("/start")
    await receiver.wait_for(1)
    assert (await turned(shop.admin, "custom_channel", "active"))["connections"][0][
        "name"
    ] == "Shop"
    receiver.always(502, {"error": "upstream is down"})
    await shop.say("/start")
    card = await turned(shop.admin, "custom_channel", "error")
    (connection,) = card["connections"]
    assert card["last_error"]["status"] == 502
    assert card["last_error"]["text"] == '{"error": "upstream is down"}'
    assert card["log"] == connection["log"]
    assert connection["log"].startswith("/deliveries?endpoint=")
    tried = await shop.admin.get(f"/api/v1{connection['log']}")
    assert [one["attempts_made"] for one in tried.json["items"]] == [1, 1]


@pytest.mark.proves("INT-03", part="last error verbatim")
async def test_the_last_error_is_told_word_for_word_up_to_300_characters(
    shop: Shop, receiver: Receiver
) -> None:
    await shop.publish(*HELLO)
    receiver.always(503, None, body=("х" * 400).encode())
    await shop.say("/start")
    card = await turned(shop.admin, "custom_channel", "error")
    assert card["last_error"]["status"] == 503
    assert card["last_error"]["text"] == "х" * 300
    receiver.always(200, {})
    await shop.say("/start", chat="u-78_viber")
    well = await turned(shop.admin, "custom_channel", "active")
    assert well["last_error"] is None


async def a_webhook(admin: Person, receiver: Receiver) -> int:
    given = {"name": "CRM", "url": receiver.url, "events": ["*"]}
    return int((await admin.client.post("/api/v1/webhooks", given)).json["id"])


async def called(db: Database, endpoint: int, *, well: int, badly: int) -> None:
    """Calls of the last half hour, and one bad one of long ago."""
    await db.execute(
        """
        INSERT INTO deliveries (id, endpoint_id, lane, sequence, kind, event_name, webhook_id,
                                body, status, attempts, created_at)
        SELECT 'd_' || n, $1, 'x', n, 'webhook', 'bot_activated', 'ev_' || n, '{}',
               CASE WHEN n <= $2::int THEN 'delivered' ELSE 'failed' END, 1,
               now() - CASE WHEN n = 0 THEN interval '2 hours' ELSE interval '30 minutes' END
        FROM generate_series(0, $2::int + $3::int) AS n
        """,
        endpoint,
        well,
        badly,
    )


@pytest.mark.proves("INT-03", part="error share")
@pytest.mark.parametrize(
    ("well", "badly", "troubled"), [(3, 1, False), (4, 1, False), (3, 2, True), (79, 21, True)]
)
async def test_more_than_a_fifth_of_five_calls_of_the_hour_is_trouble(
    admin: Person, receiver: Receiver, db: Database, well: int, badly: int, troubled: bool
) -> None:
    await called(db, await a_webhook(admin, receiver), well=well, badly=badly)
    card = (await cards(admin.client))["webhooks"]
    assert (card["calls"], card["failed"]) == (well + badly, badly)
    assert card["troubled"] is troubled


async def looked_at() -> None:
    async with unit_of_work() as ctx:
        await watch(ctx)


@pytest.mark.proves("INT-03", part="notice to integrators")
async def test_integrators_are_told_once_by_mail_until_it_works_again(
    admin: Person, receiver: Receiver, db: Database, app: AppClient
) -> None:
    await sign_in(db, app, "integrator", email="i@example.com", language="uk")
    await sign_in(db, app, "operator", email="o@example.com")
    number = await a_webhook(admin, receiver)
    await called(db, number, well=3, badly=2)
    await looked_at()
    assert await db.value("SELECT count(*) FROM mails") == 0
    await looked_at()
    await looked_at()
    mails = await db.fetch('SELECT "to", subject, text FROM mails ORDER BY id')
    assert [mail["to"] for mail in mails] == [admin.email, "i@example.com"]
    assert mails[0]["subject"] == "Webhooks: 2 of 5 calls failed"
    assert mails[1]["subject"] == "Вебхуки: не виконано 2 із 5 викликів"
    assert "/integrations" in mails[0]["text"]
    said = "SELECT count(*) FROM events WHERE kind = 'integration.troubled'"
    assert await db.value(said) == 1
    await db.execute("UPDATE deliveries SET status = 'delivered'")
    await looked_at()
    await db.execute("UPDATE deliveries SET status = 'failed'")
    await looked_at()
    await looked_at()
    assert await db.value(said) == 2


@pytest.mark.proves("INT-03", part="Test")
async def test_a_card_is_tested_where_it_stands(shop: Shop, receiver: Receiver) -> None:
    receiver.answer(418, {"error": "teapot"})
    answer = await shop.admin.post(f"{PATH}/custom_channel/test", {"connection": str(shop.id)})
    assert answer.status == 200, answer.text
    told = answer.json
    assert (told["ok"], told["http_status"], told["text"]) == (False, 418, '{"error": "teapot"}')
    for key, connection in (("custom_channel", "999999"), ("nonsense", "1"), ("api", "1")):
        answer = await shop.admin.post(f"{PATH}/{key}/test", {"connection": connection})
        assert answer.status == 404


@pytest.mark.proves("INT-03", part="Test")
async def test_a_webhooks_test_leads_to_its_delivery(admin: Person, receiver: Receiver) -> None:
    number = await a_webhook(admin, receiver)
    answer = await admin.client.post(f"{PATH}/webhooks/test", {"connection": str(number)})
    (request,) = await receiver.wait_for(1)
    assert request.json["event_name"] == "test"
    tried = answer.json["log"].removeprefix("/deliveries?id=")
    assert (await admin.client.get(f"/api/v1/deliveries/{tried}")).json["event_name"] == "test"


@pytest.mark.proves("INT-03", part="Test")
async def test_links_are_tested_by_the_channels_they_lead_to(shop: Shop) -> None:
    link = {"bot_id": shop.id, "channel": "custom_channel"}
    assert (await shop.admin.post("/api/v1/links", link)).status == 201
    asked = {"connection": str(shop.id)}
    leads = await shop.admin.post(f"{PATH}/links/test", asked)
    assert (leads.json["ok"], "checked: 1" in leads.json["text"]) == (True, True)
    await shop.channel(enabled=False)
    lost = await shop.admin.post(f"{PATH}/links/test", asked)
    assert (lost.json["ok"], "Custom" in lost.json["text"]) == (False, True)


@pytest.mark.proves("INT-03", part="who sees what")
async def test_cards_show_what_their_reader_may_see(
    shop: Shop, receiver: Receiver, db: Database, app: AppClient
) -> None:
    other = (await shop.admin.post("/api/v1/bots", {"name": "Other"})).json["id"]
    analyst = await sign_in(db, app, "analyst", email="analyst@example.com")
    seen = await cards(analyst.client)
    assert "webhooks" not in seen
    operator = await sign_in(db, app, "operator", email="operator@example.com")
    assert (await operator.client.get(f"{PATH}/health")).status == 403
    integrator = await sign_in(db, app, "integrator", email="i@example.com", bot_ids=[other])
    card = (await cards(integrator.client))["custom_channel"]
    assert (card["connections"], card["may_edit"]) == ([], True)
    refused = await integrator.client.post(
        f"{PATH}/custom_channel/test", {"connection": str(shop.id)}
    )
    assert refused.status == 404
    assert (await app.get(f"{PATH}/health")).status == 401


@pytest.mark.proves("INT-03", part="calls of scenarios and of partners")
async def test_call_node_and_send_request_tell_of_their_calls(
    shop: Shop, receiver: Receiver
) -> None:
    asked = {"url": f"{receiver.url}/crm", "retry": {"attempts": 0}}
    await shop.publish(
        [
            (1, "start", {}),
            (2, "entry", {"alias": "crm", "trigger": "webhook"}),
            (
                3,
                "action",
                {"template_id": "send_request", "values": asked},
            ),
            (4, "message", {"text": "Hi"}),
        ],
        [(1, "next", 4), (2, "next", 3), (3, "ok", 4), (3, "not_ok", 4)],
    )
    before = await cards(shop.admin)
    for key in ("call_node", "send_request"):
        assert before[key]["state"] == "active"
        assert [one["name"] for one in before[key]["connections"]] == ["Shop"]
    receiver.answer(500, {"error": "no stock"}, path="/crm")
    called = await shop.partner.get(
        f"/kw/api/call_node/{shop.id}/2", headers={"Authorization": f"API-Key {shop.key}"}
    )
    assert called.status == 200, called.text
    card = await turned(shop.admin, "send_request", "error")
    assert card["last_error"]["status"] == 500
    assert card["last_error"]["text"] == '{"error": "no stock"}'
    assert card["log"] == f"/request-log?source=send_request&bot_id={shop.id}"

    async def told() -> bool:
        found = (await cards(shop.admin))["call_node"]
        return bool(found["calls"] == 1 and found["last_call_at"])

    async with asyncio.timeout(20):
        await polled(told)


@pytest.mark.proves("INT-03", part="all ten")
async def test_a_fresh_instance_lists_all_ten(admin: Person) -> None:
    assert (await cards(admin.client)).keys() >= {
        *("custom_channel", "api", "call_node", "webhooks", "links", "crm_widget"),
        *("zoho", "esputnik", "phone_broadcast", "send_request"),
    }
