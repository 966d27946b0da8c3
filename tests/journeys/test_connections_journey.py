"""What connects other systems: a webhook tested and paused, a key that starts a scenario."""

import asyncio

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


@pytest.mark.proves("INT-14", part="page")
async def test_a_webhook_is_made_tested_and_paused(
    admin: Person, receiver: Receiver, open_page: OpenPage
) -> None:
    page = await open_page(admin, expected=("status of 422", "422 "))
    await page.open("/webhooks")
    await page.button("webhooks:add").first.click()
    await page.fill({"common:name": "CRM", "webhooks:form.url": "ftp://crm.example.com"})
    await page.button("common:create").click()
    await expect(page.page.get_by_text("https://", exact=False).first).to_be_visible()
    await page.fill({"webhooks:form.url": f"{receiver.url}/crm"})
    await page.button("common:create").click()
    await expect(page.text(english("ui:secretOnce.title"))).to_be_visible()
    await page.button("ui:done").click()

    menu = page.button("common:rowMenu", name="CRM")
    await menu.click()
    await page.page.get_by_role("menuitem", name=english("webhooks:test.action")).click()
    await page.button("webhooks:test.action").click()
    (test,) = await receiver.wait_for(1)
    assert (test.path, test.json["event_name"]) == ("/crm", "test")
    await expect(page.text(english("deliveries:status.delivered")).first).to_be_visible()
    await page.page.keyboard.press("Escape")
    await menu.click()
    await page.page.get_by_role("menuitem", name=english("webhooks:pause")).click()
    await expect(page.text(english("webhooks:paused", name="CRM"))).to_be_visible()
    (webhook,) = (await admin.client.get("/api/v1/webhooks")).json["items"]
    assert webhook["status"] == "paused"

    bot = await admin.client.post("/api/v1/bots", {"name": "Shop", "languages": ["en"]})
    await admin.client.post(f"/api/v1/bots/{bot.json['id']}/activate")

    async def waiting() -> bool:
        (found,) = (await admin.client.get("/api/v1/webhooks")).json["items"]
        return bool(found["waiting"] == 1)

    async with asyncio.timeout(20):
        await polled(waiting)
    await page.open("/webhooks")
    await menu.click()
    await page.page.get_by_role("menuitem", name=english("webhooks:resume")).click()
    await page.page.get_by_role("radio", name=english("webhooks:resumption.none")).check()
    await page.button("webhooks:resume").click()
    await expect(page.text(english("webhooks:resumed", name="CRM"))).to_be_visible()
    (left_out, _) = (await admin.client.get("/api/v1/deliveries")).json["items"]
    assert (left_out["event_name"], left_out["status"]) == ("bot_activated", "cancelled")
    assert page.taken() == []


@pytest.mark.proves("INT-10", part="page")
async def test_the_secret_of_a_key_is_shown_once_and_starts_a_scenario(
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
    page = await open_page(admin)
    await page.open("/keys")
    await page.button("keys:add").first.click()
    await page.fill({"common:name": "CRM"})
    await page.page.get_by_role("dialog").get_by_role("button", name=english("keys:add")).click()
    await page.button("ui:show").click()
    shown = page.page.get_by_role("dialog").locator("code").first
    secret = await shown.inner_text()
    await page.button("ui:done").click()
    await page.settle()
    assert secret not in await page.page.content()
    caller = app.another(Authorization=f"API-Key {secret}")
    called = await caller.post(f"/kw/api/call_node/{shop.id}/2/custom_channel/u-1", {})
    assert called.status in (200, 202), called.text
    assert await shop.texts(1) == ["Called"]
    refused = await app.post(f"/kw/api/call_node/{shop.id}/2/custom_channel/u-1", {})
    assert refused.status == 401
    assert page.taken() == []


@pytest.mark.proves("INT-13", part="request log page")
async def test_a_call_is_found_in_the_request_log_with_both_bodies(
    shop: Shop, admin: Person, open_page: OpenPage
) -> None:
    keyed = shop.partner.another(Authorization=f"API-Key {shop.key}")
    assert (await keyed.post("/kw/api/general/KwBots/get", {"name__like": "Sho"})).status == 200
    page = await open_page(admin)
    await page.open("/request-log?direction=in&status=2xx")
    row = page.text("POST /kw/api/general/KwBots/get").first
    await expect(row).to_be_visible(timeout=20_000)
    await row.click()
    await expect(page.page.get_by_text('"name__like": "Sho"').first).to_be_visible()
    await expect(page.page.get_by_text('"status": "success"').first).to_be_visible()
    await expect(page.page.get_by_text("authorization: ***").first).to_be_visible()
    await expect(page.button("requests:copyCurl")).to_be_visible()
    await page.open("/request-log?direction=out")
    await expect(page.text(english("requests:nothingFound"))).to_be_visible()


@pytest.mark.proves("INT-15", part="access")
async def test_the_documentation_is_opened_to_everyone_by_a_switch(
    app: AppClient, admin: Person, open_page: OpenPage
) -> None:
    assert (await app.another().get("/api-docs")).status == 303
    page = await open_page(admin)
    await page.open("/keys")
    async with page.page.expect_response(lambda answer: answer.request.method == "PUT") as saved:
        await page.page.get_by_role("switch").click()
    assert (await saved.value).status == 200
    await expect(page.page.get_by_role("switch")).to_be_checked()
    assert (await app.another().get("/api-docs")).status == 200
