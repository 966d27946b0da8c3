"""The hub as an integrator works with it: a card that fails, a request tried out, a planned run."""

import asyncio
import re

import pytest
from playwright.async_api import expect

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.people import Person
from connective.kit.testing.polling import polled
from connective.kit.testing.receiver import Receiver
from connective.kit.testing.shop import Shop
from tests.journeys.catalogues import english
from tests.journeys.conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.mark.proves("INT-03", part="page")
async def test_a_card_turns_to_error_by_itself_and_leads_to_what_went_wrong(
    shop: Shop, receiver: Receiver, open_page: OpenPage, admin: Person
) -> None:
    await shop.publish([(1, "start", {}), (2, "message", {"text": "Hi"})], [(1, "next", 2)])
    page = await open_page(admin)
    await page.open("/integrations")
    card = page.page.get_by_role("listitem", name="Custom Channel")
    await expect(card.get_by_text(english("integrations:state.active"), exact=True)).to_be_visible()
    receiver.always(502, {"error": "upstream is down"})
    await shop.say("/start")
    await expect(card.get_by_text(english("integrations:state.error"), exact=True)).to_be_visible()
    await expect(card.get_by_text('502 {"error": "upstream is down"}')).to_be_visible()

    await card.get_by_role("button", name=english("integrations:test"), exact=True).click()
    dialog = page.page.get_by_role("dialog")
    await expect(dialog.get_by_text(english("integrations:testFailed"))).to_be_visible()
    await dialog.get_by_role("button", name=english("ui:done")).click()
    await page.page.get_by_text(english("integrations:purposes.automate")).click()
    await expect(card).to_have_count(0)
    await page.page.get_by_text(english("integrations:purposes.all"), exact=True).click()

    await card.get_by_role("link", name=english("integrations:log"), exact=True).first.click()
    await expect(page.page).to_have_url(re.compile(r"/deliveries\?endpoint=\d+$"))
    row = page.page.get_by_role("row").filter(has_text=english("deliveries:status.retrying"))
    await expect(row.first).to_be_visible()
    search = page.page.get_by_placeholder(english("deliveries:search"))
    await search.fill("Hi")
    await expect(row.first).to_be_visible()
    await search.fill("nothing like it")
    await expect(page.text(english("deliveries:nothingFound"))).to_be_visible()
    assert page.taken() == []


BOOKS = {
    "openapi": "3.1.0",
    "info": {"title": "Books", "version": "1"},
    "servers": [{"url": "https://books.example"}],
    "paths": {"/books/{isbn}": {"get": {"parameters": [{"name": "isbn", "in": "path"}]}}},
}


@pytest.mark.proves("INT-07", part="Test with click to map")
@pytest.mark.proves("INT-07", part="OpenAPI import")
async def test_a_request_is_tried_out_and_its_answer_is_mapped_by_a_click(
    shop: Shop, receiver: Receiver, open_page: OpenPage, admin: Person
) -> None:
    asked = {"url": f"{receiver.url}/orders/{{{{messenger_input_param}}}}", "method": "GET"}
    await shop.publish(
        [
            (1, "start", {}),
            (2, "action", {"template_id": "send_request", "values": asked}),
            (3, "message", {"text": "{{total}}"}),
        ],
        [(1, "next", 2), (2, "ok", 3), (2, "not_ok", 3)],
    )
    order = {"data": {"total": 42, "lines": [{"sku": "A-1"}]}}
    receiver.answer(200, order, path="/orders/77", times=2)
    await shop.say("/start 77")
    await receiver.wait_for(1)
    page = await open_page(admin)
    await page.open(f"/dialog/bot-scenario/{shop.id}?node=2")
    await page.button("scenario:inspector.test").click()
    panel = page.page.get_by_role("dialog", name=english("scenario:inspector.testTitle"))
    await panel.get_by_role("button", name=english("tryRequest:fromLastRun")).click()
    variables = panel.get_by_label(english("tryRequest:state"), exact=True)
    await expect(variables).to_contain_text('"messenger_input_param": "77"')
    await panel.get_by_role("button", name=english("tryRequest:run"), exact=True).click()
    place = panel.get_by_role("button", name=english("tryRequest:map", path="data.lines[0].sku"))
    await place.click()
    await expect(page.text(english("tryRequest:mapped", name="sku"))).to_be_visible()
    assert [one.path for one in receiver.requests].count("/orders/77") == 2

    async def kept() -> bool:
        draft = await shop.admin.get(f"/api/v1/bots/{shop.id}/scenario")
        values = draft.json["draft"]["graph"]["nodes"][1]["data"]["values"]
        return bool(values == asked | {"response_mapping": {"data.lines[0].sku": "sku"}})

    async with asyncio.timeout(20):
        await polled(kept)
    await page.page.keyboard.press("Escape")
    await page.page.get_by_text(english("scenario:inspector.form"), exact=True).click()
    mapping = page.page.get_by_role("complementary").get_by_text('"data.lines[0].sku": "sku"')
    await expect(mapping).to_be_visible()

    await page.button("tryRequest:import.open").click()
    panel = page.page.get_by_role("dialog", name=english("tryRequest:import.title"))
    receiver.answer(200, BOOKS, path="/openapi.json")
    published = f"{receiver.url}/openapi.json"
    await panel.get_by_label(english("tryRequest:import.document")).fill(published)
    await panel.get_by_role("button", name=english("tryRequest:import.read")).click()
    await panel.get_by_role("button", name="/books/{isbn}").click()
    await expect(
        page.text(english("tryRequest:import.taken", id="GET /books/{isbn}"))
    ).to_be_visible()
    filled = {"url": "https://books.example/books/{{isbn}}", "method": "GET"}

    async def imported() -> bool:
        draft = await shop.admin.get(f"/api/v1/bots/{shop.id}/scenario")
        return bool(draft.json["draft"]["graph"]["nodes"][1]["data"]["values"] == filled)

    async with asyncio.timeout(20):
        await polled(imported)
    assert page.taken() == []


@pytest.mark.proves("INT-10", part="runs page")
async def test_a_planned_run_is_seen_with_its_key_and_taken_back(
    shop: Shop, app: AppClient, open_page: OpenPage, admin: Person
) -> None:
    await shop.publish(
        [
            (1, "start", {}),
            (2, "entry", {"alias": "call", "trigger": "webhook"}),
            (3, "message", {"text": "Called"}),
        ],
        [(1, "next", 3), (2, "next", 3)],
    )
    caller = app.another(Authorization=f"API-Key {shop.key}")
    address = f"/kw/api/call_node/{shop.id}/2/custom_channel/c-9"
    planned = (await caller.post(address, {"delay_s": 3600})).json["run_id"]
    page = await open_page(admin)
    await page.open("/runs?source=api")
    row = page.page.get_by_role("row").filter(has_text="c-9")
    await expect(row.get_by_text(english("dialogs:runStatus.scheduled"))).to_be_visible()
    await expect(row.get_by_text(english("runs:source.api"))).to_be_visible()
    await page.button("runs:cancelOne", id=planned).click()
    confirm = page.page.get_by_role("dialog")
    await confirm.get_by_role("button", name=english("runs:cancelRun"), exact=True).click()
    await expect(row.get_by_text(english("dialogs:runStatus.cancelled"))).to_be_visible()
    assert page.taken() == []


@pytest.mark.proves("INT-14", part="catalogue page")
async def test_events_are_looked_up_with_their_samples_and_a_period_is_replayed(
    receiver: Receiver, open_page: OpenPage, admin: Person
) -> None:
    hook = {"name": "CRM", "url": receiver.url, "events": ["bot_activated"]}
    await admin.client.post("/api/v1/webhooks", hook)
    bot = (await admin.client.post("/api/v1/bots", {"name": "Shop"})).json["id"]
    await admin.client.post(f"/api/v1/bots/{bot}/activate")
    (first,) = await receiver.wait_for(1)
    page = await open_page(admin)
    await page.open("/webhooks?view=events")
    search = page.page.get_by_placeholder(english("webhooks:catalogue.search"))
    await search.fill("chat_closed_by_timeout")
    await page.button("webhooks:sampleOf", name="chat_closed_by_timeout").click()
    await expect(page.page.get_by_text('"event_name": "chat_closed_by_timeout"')).to_be_visible()
    await page.button("webhooks:catalogue.schema").click()
    await expect(page.page.get_by_text('"chat_room_id"').first).to_be_visible()

    await page.open("/webhooks")
    await page.button("common:rowMenu", name="CRM").click()
    await page.page.get_by_role("menuitem", name=english("webhooks:replay")).click()
    dialog = page.page.get_by_role("dialog")
    states = dialog.get_by_role("combobox", name=english("deliveries:state"))
    await states.press("ArrowDown")
    await page.page.get_by_role("option", name=english("deliveries:status.delivered")).click()
    await states.press("Tab")
    await dialog.get_by_role("button", name=english("deliveries:replay.action")).click()
    _, again = await receiver.wait_for(2)
    assert again.json["event_id"] == first.json["event_id"]
    assert page.taken() == []
