"""The operator panel within a CRM: from an allowed origin, and from one that is refused."""

import contextlib
import itertools
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from playwright.async_api import FrameLocator, Page, expect

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.chats import Chats
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person, sign_in
from connective.kit.testing.polling import polled
from connective.kit.testing.shop import Shop
from examples.crm.server import Settings, create
from tests.journeys.catalogues import english
from tests.journeys.conftest import OpenPage

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.proves("INT-04"),
]
PHONE = "380501112233"


@contextlib.asynccontextmanager
async def crm(engine: str, key: str, email: str) -> AsyncIterator[str]:
    """The example CRM on a port of its own; its origin."""
    runner = web.AppRunner(create(Settings(engine, key, email)))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        await runner.cleanup()


async def told(page: Page, line: str) -> None:
    await expect(page.locator("#log")).to_contain_text(line)


async def key_of(admin: Person) -> str:
    made = await admin.client.post("/api/v1/keys", {"name": "CRM", "scopes": ["embed:create"]})
    assert made.status == 201, made.text
    return str(made.json["secret"])


def panel_of(page: Page) -> FrameLocator:
    return page.frame_locator("#panel iframe")


async def allow(open_page: OpenPage, admin: Person, origin: str) -> None:
    """On the page of the settings, where a bad line says what is wrong with it."""
    page = await open_page(admin)
    await page.open("/integrations/crm-widget")
    field = page.field("embed:originsLabel")
    await field.fill(f"{origin}/")
    await expect(page.text(english("embed:slash", line=1))).to_be_visible()
    await expect(page.button("common:save")).to_be_disabled()
    await field.fill(origin)
    await page.button("common:save").click()
    await expect(page.text(english("common:saved"))).to_be_visible()
    for width in (320, 1440):
        await page.size(width)
        await page.picture("crm_settings", ("light", "dark"), width)
    assert page.taken() == []


async def the_unknown_client_is_created(page: Page, panel: FrameLocator) -> None:
    await page.get_by_label("Phone").fill("380509990000")
    await page.get_by_role("button", name="Open the client").click()
    unknown = panel.get_by_text("No client with phone +380509990000")
    await expect(unknown).to_be_visible()
    await told(page, 'error {"code":"embed_unknown_phone"')
    await panel.get_by_role("button", name=english("embed:create")).click()
    await expect(panel.get_by_text(english("embed:silent"))).to_be_visible()


async def the_operator_is_let_in_again(page: Page, panel: FrameLocator) -> None:
    """Nobody is in any more: drafts stay for when the page lets him in again."""
    await page.get_by_role("button", name="Sign out").click()
    await told(page, "auth_required")
    await expect(panel.get_by_text(english("embed:signIn"))).to_be_visible()
    await page.evaluate(
        "document.querySelector('#panel iframe').contentWindow.postMessage("
        "{source: 'operator-panel', v: 1, type: 'token', id: 'x', data: {token: 'a.b.c'}}, '*')"
    )
    await expect(panel.get_by_role("alert")).to_be_visible()
    await panel.get_by_role("button", name=english("embed:askAgain")).click()
    await page.get_by_role("button", name="Open the client").click()


async def the_card_leads_to_the_record(page: Page, panel: FrameLocator, origin: str) -> None:
    await panel.get_by_role("button", name=english("panel:side.toggle")).click()
    await panel.get_by_text(english("panel:side.client"), exact=True).first.click()
    record = panel.get_by_role("link", name=english("panel:fact.record"))
    await expect(record).to_have_attribute("href", f"{origin}/leads/7")
    await panel.get_by_role("dialog").get_by_role("button", name="Ann", exact=True).click()
    await told(page, "client_clicked")


@pytest.mark.timeout(180)
async def test_an_operator_answers_a_client_within_the_crm(
    db: Database, app: AppClient, shop: Shop, admin: Person, open_page: OpenPage
) -> None:
    chats = await Chats.open(db, app, shop)
    await chats.publish()
    ann = await chats.operator("Ann")
    request = await chats.connected("c1")
    await chats.done(ann, request["id"], "take")
    await db.execute("UPDATE clients SET phone = $1", f"+{PHONE}")
    async with crm(app.url, await key_of(admin), ann.email) as origin:
        await allow(open_page, admin, origin)
        # what belongs to the unknown client, and to the token that is refused after the sign-out
        watched = await open_page(expected=["404", "401", "favicon"])
        page = watched.page
        await page.goto(origin)
        panel = panel_of(page)
        await told(page, "ready {}")
        await page.get_by_role("button", name="Open the client").click()
        await told(page, f'chat_opened {{"chat_id":{request["id"]}')
        reply = panel.get_by_label(english("panelTalk:composer.reply"))
        await reply.fill("Good day")
        await reply.press("Enter")
        await chats.said("Good day")

        async def heard() -> bool:
            """What is said before the panel listens is shown, but is no news."""
            words = f"Thanks {next(times)}"
            await shop.say(words, "c1")
            await expect(panel.get_by_text(words, exact=True).first).to_be_visible()
            log = await page.locator("#log").inner_text()
            return f'new_message {{"chat_id":{request["id"]}' in log

        times = itertools.count(1)
        await polled(heard)
        await reply.fill("Half a thought")

        await the_unknown_client_is_created(page, panel)
        await page.get_by_label("Phone").fill(PHONE)
        await the_operator_is_let_in_again(page, panel)
        await expect(reply).to_have_value("Half a thought")
        await page.get_by_role("button", name="Dark").click()
        await expect(panel.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
        for width in (1440, 320):
            await page.set_viewport_size({"width": width, "height": 900})
            await watched.picture("crm", ("light",), width)
        frame = next(one for one in page.frames if "/embed/" in one.url)
        assert await frame.evaluate("checks.accessibility(true)") == []
        assert await frame.evaluate("document.documentElement.scrollWidth <= innerWidth") is True
        assert "token=" not in frame.url

        await chats.done(ann, request["id"], "close")
        await told(page, f'chat_closed {{"chat_id":{request["id"]}}}')
        await page.get_by_role("button", name="Write to the client").click()
        await chats.said("Your order is here")
        begun = await chats.unclosed("c1")
        await told(page, f'chat_opened {{"chat_id":{begun["id"]}')
        await the_card_leads_to_the_record(page, panel, origin)


async def test_who_may_not_answer_clients_reads_which_permission_he_lacks(
    db: Database, app: AppClient, admin: Person, open_page: OpenPage
) -> None:
    analyst = await sign_in(db, app, "analyst")
    async with crm(app.url, await key_of(admin), analyst.email) as origin:
        answer = await admin.client.put("/api/v1/embed/origins", {"origins": [origin]})
        assert answer.status == 200
        page = (await open_page()).page
        await page.goto(origin)
        panel = panel_of(page)
        await expect(panel.get_by_text(english("embed:forbidden"))).to_be_visible()
        await expect(panel.get_by_text("requests.view")).to_be_visible()
        await told(page, 'error {"code":"permission_needed"')


async def test_a_frame_in_a_page_of_another_origin_is_refused(
    app: AppClient, admin: Person, open_page: OpenPage
) -> None:
    answer = await admin.client.put("/api/v1/embed/origins", {"origins": ["http://127.0.0.1:9000"]})
    assert answer.status == 200
    async with crm(app.url, await key_of(admin), admin.email) as origin:
        page = (await open_page()).page
        async with page.expect_console_message(lambda said: "frame-ancestors" in said.text):
            await page.goto(origin)
        await expect(page.locator("#log")).to_have_text("")
        address = await page.locator("#panel iframe").get_attribute("src")
        assert address is not None
        behind = await app.get(address.removeprefix(app.url))
        assert behind.status == 403
        assert f"Add {origin} in Integrations" in behind.text
