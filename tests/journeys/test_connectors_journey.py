"""What connects a CRM and a marketing service: granted, checked, pushed, in the browser."""

import pytest
from playwright.async_api import expect

from connective.kit.testing.databases import Database
from connective.kit.testing.loopback import serving
from connective.kit.testing.people import Person
from connective.kit.testing.polling import polled
from connective.kit.testing.shop import Shop
from connective.stand_ins.esputnik import APP, Esputnik
from connective.stand_ins.zoho import Zoho
from tests.journeys.catalogues import english
from tests.journeys.conftest import OpenPage
from tests.journeys.watched import Watched

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


async def _switch(page: Watched, label: str) -> None:
    """Its own box stands before it for the pointer."""
    await page.page.get_by_role("switch", name=english(label)).click(force=True)


@pytest.mark.proves("INT-05", part="page")
async def test_zoho_is_connected_by_a_person_and_checked(
    admin: Person, open_page: OpenPage
) -> None:
    other = Zoho()
    async with serving(other.app()) as url:
        page = await open_page(admin, expected=("status of 422", "422 ", "/oauth/v2/auth"))
        await page.open("/integrations/zoho")
        await page.fill(
            {
                "zoho:application.clientId": "demo",
                "zoho:application.clientSecret": "demo",
                "zoho:product.name": "x" * 61,
            }
        )
        await _switch(page, "zoho:application.own")
        await page.fill({"zoho:application.apiBase": url, "zoho:application.accountsBase": url})
        await page.button("common:save").click()
        name = page.page.get_by_label(english("zoho:product.name"), exact=True).first
        await expect(name).to_have_attribute("aria-invalid", "true")
        await page.fill({"zoho:product.name": "Shop Care"})
        await page.button("common:save").click()
        await expect(page.text(english("common:saved"))).to_be_visible()

        await page.page.get_by_role(
            "link", name=english("zoho:connection.connect"), exact=True
        ).click()
        await page.page.get_by_role("link", name="Accept").click()
        await expect(page.text(english("zoho:grant.ok"))).to_be_visible()
        await page.button("zoho:connection.check").click()
        await expect(page.page.get_by_text("Zoho answers", exact=False)).to_be_visible()

        other.revoke()
        await page.button("zoho:connection.check").click()
        await expect(page.text(english("zoho:state.reconnect")).first).to_be_visible()
        assert page.taken() == []


@pytest.mark.proves("INT-11", part="page")
async def test_all_clients_are_pushed_to_esputnik_from_the_page(
    admin: Person, shop: Shop, db: Database, open_page: OpenPage
) -> None:
    other = Esputnik()
    await shop.say("/start", "c1")

    async def known() -> bool:
        return bool(await db.value("SELECT count(*) FROM contacts"))

    await polled(known)
    async with serving(other.app()) as url:
        page = await open_page(admin)
        await page.open(f"/integrations/esputnik?bot={shop.id}")
        await page.fill({"esputnik:settings.apiKey": "demo", "esputnik:settings.appUuid": APP})
        await _switch(page, "esputnik:settings.own")
        await page.fill({"esputnik:settings.baseUrl": f"{url}/api"})
        await page.button("esputnik:settings.connect").click()
        await expect(page.text(english("esputnik:health.active"))).to_be_visible()
        await page.button("esputnik:health.check").click()
        await expect(page.page.get_by_text("Stand-in", exact=False)).to_be_visible()
        await page.button("esputnik:pushes.start").click()
        await expect(page.text(english("esputnik:pushes.status.done"))).to_be_visible()
        assert len(other.contacts) == 1
        assert page.taken() == []
