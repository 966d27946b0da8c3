"""Signing in with a second factor, going on after a lost session, pages by role."""

import time

import pyotp
import pytest
from playwright.async_api import expect

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person, sign_in
from tests.journeys.catalogues import english
from tests.journeys.conftest import OpenPage
from tests.journeys.watched import Watched

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
EMAIL, PASSWORD = "olena@example.com", "correct horse battery"


async def make_olena(admin: Person) -> None:
    olena = {"first_name": "Olena", "email": EMAIL, "role": "administrator", "password": PASSWORD}
    made = await admin.client.post("/api/v1/users", olena | {"must_change_password": False})
    assert made.status == 201, made.text


async def protect(app: AppClient) -> pyotp.TOTP:
    """Give her a second factor; the code of the next half minute is still unused."""
    opened = await app.post("/api/v1/auth/login", {"email": EMAIL, "password": PASSWORD})
    phone = app.another(Authorization=f"Bearer {opened.json['access_token']}")
    secret = pyotp.TOTP((await phone.post("/api/v1/auth/totp")).json["secret"])
    confirmed = await phone.post("/api/v1/auth/totp/confirm", {"code": secret.now()})
    assert confirmed.status == 200, confirmed.text
    return secret


async def log_in(page: Watched) -> None:
    await page.fill({"session:email": EMAIL, "session:password": PASSWORD})
    await page.button("session:signIn").click()


@pytest.mark.proves("SE-02", part="login page")
async def test_a_second_factor_is_asked_and_leads_to_the_page_that_was_wanted(
    admin: Person, app: AppClient, open_page: OpenPage
) -> None:
    await make_olena(admin)
    secret = await protect(app)
    page = await open_page(expected=("status of 401", "401 "))
    await page.open("/users?q=olena")
    await log_in(page)
    await page.field("session:code").fill("000000")
    await page.button("session:confirmCode").click()
    await expect(
        page.page.get_by_role("alert").or_(page.page.locator("[data-error]")).first
    ).to_be_visible()
    await page.field("session:code").fill(secret.at(int(time.time()) + 30))
    await page.button("session:confirmCode").click()
    await expect(page.page.get_by_role("heading", name=english("users:title"))).to_be_visible()
    await expect(page.text(EMAIL).first).to_be_visible()
    assert "q=olena" in page.page.url
    assert page.taken() == []


@pytest.mark.proves("SE-02", part="lost session")
async def test_a_lost_session_is_renewed_over_the_page_and_nothing_typed_is_lost(
    admin: Person, db: Database, open_page: OpenPage
) -> None:
    await make_olena(admin)
    page = await open_page(expected=("status of 401", "401 "))
    await page.open("/bots")
    await log_in(page)
    await page.button("bots:add").first.click()
    await page.field("common:name").fill("Typed before the end")
    await db.execute("DELETE FROM sessions WHERE user_id <> $1", admin.id)
    await page.button("bots:wizard.create").click()
    again = page.page.get_by_role("dialog", name=english("session:ended"))
    await again.get_by_label(english("session:password"), exact=True).fill(PASSWORD)
    await again.get_by_role("button", name=english("session:signIn")).click()
    await expect(again).to_be_hidden()
    created = english("bots:wizard.created", name="Typed before the end")
    await expect(page.text(created)).to_be_visible()
    assert await db.value("SELECT count(*) FROM bots") == 1
    assert page.taken() == []


@pytest.mark.proves("SE-12", part="pages")
async def test_a_page_without_the_permission_says_which_and_one_of_rules_is_read_only_until_then(
    db: Database, app: AppClient, open_page: OpenPage
) -> None:
    operator = await sign_in(db, app, "operator")
    page = await open_page(operator, expected=("status of 403", "403 "))
    await page.open("/users")
    await expect(page.page.get_by_role("alert")).to_contain_text("users.view")
    menu = page.page.get_by_role("navigation", name=english("shell:menu"))
    for hidden in ("users", "secrets", "keys", "status", "webhooks"):
        link = menu.get_by_role("link", name=english(f"shell:nav.{hidden}"), exact=True)
        await expect(link).to_have_count(0)
    await expect(page.button("users:add")).to_have_count(0)

    timers = "/api/v1/settings/op/timers"
    grant = "UPDATE roles SET permissions = permissions || $1::text[] WHERE alias = 'operator'"
    await db.execute(grant, ["op_settings.view"])
    await page.open("/settings-page/op-settings/timers")
    use = page.page.get_by_role("switch", name=english("opSettings:timers.use"))
    await expect(use).to_be_disabled()
    await expect(page.button("common:save")).to_have_count(0)
    refused = await operator.client.put(timers, {"use": True})
    assert (refused.status, "op_settings.edit" in refused.json["detail"]) == (403, True)

    await db.execute(grant, ["op_settings.edit"])
    assert (await operator.client.put(timers, {"use": True})).status == 200
    await page.open("/settings-page/op-settings/timers")
    await expect(use).to_be_enabled()
    await expect(use).to_be_checked()
    await expect(page.button("common:save")).to_be_visible()
    assert page.taken() == []
