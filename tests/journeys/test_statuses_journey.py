"""How long operators are in a status, and which addresses scenarios give: set, watched, told."""

import pytest
from playwright.async_api import expect

from connective.kit.context import unit_of_work
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.chats import Chats
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person, sign_in
from connective.kit.testing.shop import Shop
from connective.modules.integrations.webhooks import addresses
from tests.journeys.catalogues import english
from tests.journeys.conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
WIDE, NARROW = 1440, 320
LATE = "UPDATE operator_intervals SET counted_from = now() - interval '16 min' WHERE to_at IS NULL"


@pytest.mark.proves("SE-11", part="page of statuses")
async def test_a_status_gets_its_times_and_says_at_the_field_what_it_does_not_take(
    admin: Person, open_page: OpenPage
) -> None:
    page = await open_page(admin)
    await page.open("/settings-page/op-settings/statuses")
    await page.button("operators:state.add").click()
    dialog = page.page.get_by_role("dialog")
    await page.fill({"common:name": "Lunch", "operators:state.max": "0"})
    await page.fill({"operators:state.idle": "10"})
    await page.page.get_by_role("switch", name=english("operators:state.counts")).last.click()
    await dialog.get_by_role("button", name=english("operators:state.add"), exact=True).click()
    await expect(page.text(english("operators:state.maxBad"))).to_be_visible()
    await page.fill({"operators:state.max": "30"})
    for width in (NARROW, WIDE):
        await page.size(width)
        await page.picture("status form", ("light", "dark"), width)
    await dialog.get_by_role("button", name=english("operators:state.add"), exact=True).click()
    await expect(dialog).to_be_hidden()
    row = page.page.get_by_role("row").filter(has_text="Lunch")
    await expect(row.get_by_text(english("operators:state.countsShort"))).to_be_visible()
    await expect(row.get_by_text("Sets itself after 10 minutes")).to_be_visible()
    await page.picture("statuses", ("light",), WIDE)
    assert page.taken() == []


@pytest.mark.proves("SE-11", part="page of statuses")
@pytest.mark.proves("OP-15", part="page")
async def test_a_supervisor_is_told_of_a_break_that_lasts_too_long_and_finds_it_in_the_log(
    chats: Chats, db: Database, app: AppClient, admin: Person, open_page: OpenPage
) -> None:
    maria = await chats.operator("Maria")
    path = "/api/v1/operator-statuses"
    known = (await admin.client.get(path)).json["items"]
    (rest,) = [status for status in known if status["alias"] == "on_break"]
    await admin.client.patch(f"{path}/{rest['id']}", {"max_minutes": 15})
    page = await open_page(await sign_in(db, app, "supervisor", first_name="Ivan"))
    await page.open("/operator_panel/team")
    chosen = {"status_id": rest["id"]}
    await maria.client.put("/api/v1/operators/me/status", chosen)
    await db.execute(LATE)
    told = english("duty:overstay.of_other", name="Maria Tester", count=15)
    await expect(page.text(told)).to_be_visible()
    row = page.page.get_by_role("row").filter(has_text="Maria Tester")
    await expect(row.get_by_text(english("operators:presence.long"))).to_be_visible()
    await page.picture("overstay", ("light", "dark"), WIDE)

    await page.button("common:rowMenu", name="Maria Tester").click()
    await page.page.get_by_role("menuitem", name=english("operators:menu.log")).click()
    dialog = page.page.get_by_role("dialog")
    await expect(dialog.get_by_text("On break", exact=True)).to_be_visible()
    await expect(dialog.get_by_text(english("operators:presence.long"))).to_be_visible()
    for width in (NARROW, WIDE):
        await page.size(width)
        await page.picture("status log", ("light", "dark"), width)
    assert page.taken() == []


@pytest.mark.proves("INT-14", part="page of event_webhook_url")
async def test_an_integrator_renews_the_secret_of_a_bots_addresses_and_finds_what_was_sent(
    shop: Shop, db: Database, app: AppClient, open_page: OpenPage
) -> None:
    url = "https://crm.example.com/events"
    async with unit_of_work() as ctx:
        await addresses.endpoints_of(ctx, {(shop.id, url): True})
    page = await open_page(await sign_in(db, app, "integrator"))
    await page.open("/webhooks")
    await page.page.get_by_text(english("webhooks:urls.title"), exact=True).click()
    await expect(page.page.get_by_text(english("webhooks:urls.signed"))).to_be_visible()
    await page.picture("event urls", ("light", "dark"), WIDE)
    await page.page.get_by_role("row").filter(has_text=english("webhooks:urls.signed")).click()
    of = english("webhooks:urls.of", name="Shop")
    panel = page.page.get_by_role("dialog", name=of)
    await expect(panel.get_by_text(url)).to_be_visible()
    for width in (NARROW, WIDE):
        await page.size(width)
        await page.picture("event urls of a bot", ("light", "dark"), width)
    rotate = english("webhooks:rotate.action")
    await panel.get_by_role("button", name=rotate, exact=True).click()
    title = english("webhooks:rotate.title", name="Shop")
    asked = page.page.get_by_role("dialog", name=title)
    await asked.get_by_role("button", name=rotate, exact=True).click()
    await expect(page.page.get_by_text(english("ui:secretOnce.title"))).to_be_visible()
    await page.button("ui:done").click()
    await panel.get_by_role("link", name=english("webhooks:openLog")).click()
    await expect(page.text(english("deliveries:nothingFound"))).to_be_visible()
    assert page.taken() == []
