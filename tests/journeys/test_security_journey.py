"""The rules of signing in, from the page that sets them to the person who meets them."""

import pytest
from playwright.async_api import expect

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person, sign_in
from tests.journeys.catalogues import english
from tests.journeys.conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
RULES = "/api/v1/auth/settings"


@pytest.mark.proves("SE-02", part="passwords")
async def test_a_rule_set_on_the_page_is_told_to_whoever_chooses_a_password(
    admin: Person, db: Database, app: AppClient, open_page: OpenPage
) -> None:
    page = await open_page(admin)
    await page.open("/security")
    await page.fill({"security:rule.password.min_length": "14"})
    await page.page.get_by_label(english("security:password.class.digit")).check()
    await page.button("common:save").click()
    await expect(page.text(english("common:saved"))).to_be_visible()
    stored = (await admin.client.get(RULES)).json["password"]
    assert (stored["min_length"], stored["classes"]) == (14, ["digit"])
    operator = await open_page(await sign_in(db, app, "operator"))
    await operator.open("/profile")
    hint = f"{english('session:rules.length_other', count=14)} {english('session:rules.digit')}"
    await expect(operator.text(hint)).to_be_visible()
    assert page.taken() == operator.taken() == []


@pytest.mark.proves("SE-02", part="sessions")
async def test_networks_that_shut_one_out_are_asked_about_before_they_are_saved(
    db: Database, app: AppClient, open_page: OpenPage
) -> None:
    person = await sign_in(db, app, "administrator")
    page = await open_page(person, expected=("status of 409", "409 "))
    await page.open("/security")
    await page.page.get_by_role("combobox", name=english("security:networks.add")).click()
    await page.page.get_by_role("option", name="Administrator").click()
    network = page.page.get_by_role("combobox", name="Administrator", exact=True)
    await network.fill("203.0.113.0/24")
    await network.press("Enter")
    await page.button("common:save").click()
    asked = page.page.get_by_role("dialog")
    await expect(asked.get_by_text("127.0.0.1")).to_be_visible()
    assert (await person.client.get(RULES)).json["networks"] == {}
    await asked.get_by_role("button", name=english("security:networks.saveAnyway")).click()
    await expect(asked).to_have_count(0)
    assert (await person.client.get(RULES)).json["code"] == "network_refused"


@pytest.mark.proves("SE-02", part="TOTP")
async def test_who_needs_a_second_factor_is_led_to_set_it_up(
    admin: Person, db: Database, app: AppClient, open_page: OpenPage
) -> None:
    required = {"second_factor": {"mode": "required", "roles": ["analyst"]}}
    assert (await admin.client.put(RULES, required)).status == 200
    page = await open_page(await sign_in(db, app, "analyst"), expected=("status of 403", "403 "))
    await page.open("/bots")
    await expect(page.text(english("profile:totp.needed"))).to_be_visible()
    await page.button("profile:totp.setUp").click()
    await expect(page.page.get_by_role("img", name=english("profile:totp.qr"))).to_be_visible()
