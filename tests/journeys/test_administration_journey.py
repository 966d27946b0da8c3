"""People and the state of the system, as an administrator sees them."""

import pytest
from playwright.async_api import expect

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person, sign_in
from tests.journeys.catalogues import english
from tests.journeys.conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.mark.proves("SE-22", part="page")
async def test_a_deactivated_user_is_out_at_once_and_comes_back(
    admin: Person, db: Database, app: AppClient, open_page: OpenPage
) -> None:
    taras = await sign_in(db, app, "operator", first_name="Taras")
    known = (await taras.client.get("/api/v1/operators/me/status")).json["statuses"]
    await taras.client.put("/api/v1/operators/me/status", {"status_id": known[0]["id"]})
    page = await open_page(admin)
    await page.open("/users?q=Taras")
    menu = page.button("common:rowMenu", name="Taras Tester")
    await menu.click()
    await page.page.get_by_role("menuitem", name=english("users:deactivate.action")).click()
    chats = page.page.get_by_role("combobox", name=english("users:deactivate.chats"))
    await expect(chats).to_have_value(english("users:deactivate.queue"))
    await page.button("users:deactivate.action").click()
    await expect(page.text(english("users:deactivate.done", name="Taras Tester"))).to_be_visible()
    assert (await taras.client.get("/api/v1/me")).status == 401
    await menu.click()
    await page.page.get_by_role("menuitem", name=english("users:activate.action")).click()
    await page.button("users:activate.action").click()
    await expect(page.text(english("users:activate.done", name="Taras Tester"))).to_be_visible()
    assert await db.value("SELECT active FROM users WHERE id = $1", taras.id) is True
    assert page.taken() == []


@pytest.mark.proves("SE-22", part="page")
async def test_a_new_user_gets_a_link_and_a_taken_address_is_refused_at_its_field(
    admin: Person, db: Database, open_page: OpenPage
) -> None:
    page = await open_page(admin, expected=("status of 409", "409 "))
    await page.open("/users")
    await page.button("users:add").first.click()
    await page.fill({"users:firstName": "Iryna", "users:email": admin.email})
    dialog = page.page.get_by_role("dialog")
    await dialog.get_by_role("button", name=english("users:add")).click()
    await expect(page.field("users:email")).to_have_attribute("aria-invalid", "true")
    await page.fill({"users:email": "iryna@example.com"})
    await dialog.get_by_role("button", name=english("users:add")).click()
    await expect(page.text(english("users:link.give"))).to_be_visible()
    assert await db.value("SELECT count(*) FROM users WHERE email = 'iryna@example.com'") == 1
    assert page.taken() == []


@pytest.mark.proves("SE-22", part="second factor")
async def test_a_lost_second_factor_is_switched_off_for_a_user_who_has_one(
    admin: Person, db: Database, app: AppClient, open_page: OpenPage
) -> None:
    taras = await sign_in(db, app, "analyst", first_name="Taras")
    secret = "UPDATE users SET totp_secret = $2 WHERE id = $1 RETURNING id"
    await db.value(secret, taras.id, "sealed")
    page = await open_page(admin)
    await page.open("/users?q=Taras")
    await page.button("common:rowMenu", name="Taras Tester").click()
    await page.page.get_by_role("menuitem", name=english("users:factor.action")).click()
    await page.button("users:factor.action").click()
    await expect(page.text(english("users:factor.done", name="Taras Tester"))).to_be_visible()
    assert await db.value("SELECT totp_secret FROM users WHERE id = $1", taras.id) is None
    told = "SELECT actor_name FROM audit WHERE action = 'user.totp_off' AND object_id = $1"
    assert await db.value(told, str(taras.id)) is not None
    assert page.taken() == []


@pytest.mark.proves("SE-21", part="page")
async def test_the_system_status_shows_each_check_in_words(
    admin: Person, open_page: OpenPage
) -> None:
    page = await open_page(admin)
    await page.open("/status")
    await expect(page.text("Database").first).to_be_visible()
    await expect(page.page.get_by_text("PostgreSQL 18", exact=False).first).to_be_visible()
    await page.page.get_by_role("tab", name=english("status:jobs.title")).click()
    await expect(page.text(english("status:jobs.none"))).to_be_visible()
    assert page.taken() == []


@pytest.mark.proves("P-09", part="switch")
async def test_the_language_is_switched_in_the_profile_menu_without_a_reload(
    admin: Person, db: Database, open_page: OpenPage
) -> None:
    page = await open_page(admin)
    await page.open("/bots")
    await page.ask("window.kept = true")
    await page.page.get_by_role("button", name=admin.email).click()
    await page.page.get_by_text("Українська", exact=True).click()
    await expect(page.page.get_by_role("heading", name="Боти")).to_be_visible()
    assert await page.ask("window.kept") is True
    assert await page.ask("document.documentElement.lang") == "uk"
    await page.settle()
    assert await db.value("SELECT language FROM users WHERE id = $1", admin.id) == "uk"
    assert page.taken() == []


@pytest.mark.proves("SE-21", part="page")
async def test_what_is_wrong_stands_on_top_with_what_to_do(
    admin: Person, db: Database, open_page: OpenPage
) -> None:
    await db.execute(
        "INSERT INTO endpoints (kind, name, url, secret, created_at, failing_since)"
        " VALUES ('webhook', 'Склад', 'http://127.0.0.1:9', 'x', now(), now())"
    )
    page = await open_page(admin)
    await page.open("/status")
    alert = page.page.get_by_role("alert")
    await expect(alert.get_by_text("Склад")).to_be_visible()
    await expect(alert.get_by_text("Deliveries")).to_be_visible()
    await page.open("/status?tab=log")
    async with page.page.expect_download() as taking:
        await page.page.get_by_role("link", name=english("status:log.diagnostics")).click()
    assert (await taking.value).suggested_filename.endswith(".zip")
    assert await db.value("SELECT count(*) FROM audit WHERE action = 'diagnostics.downloaded'") == 1
    assert page.taken() == []
