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
from connective.modules.accounts.service import passwords
from examples.crm.server import Settings, create
from tests.journeys.catalogues import catalogue, english
from tests.journeys.conftest import OpenPage
from tests.journeys.line import BREAK, Line
from tests.journeys.watched import Watched, barriers

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.proves("INT-04", part="within a CRM"),
]
PHONE = "380501112233"
PASSWORD = "correct horse battery"
_PASSWORD = "UPDATE users SET password_hash = $2 WHERE id = $1"


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


def ukrainian(key: str) -> str:
    return catalogue("uk")[key]


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


async def a_break_loses_nothing(chats: Chats, line: Line, panel: FrameLocator) -> None:
    """A banner says so; what was written goes out when the line is back."""
    reply = panel.get_by_label(english("panelTalk:composer.reply"))
    await line.cut()
    lost = panel.get_by_text(english("panel:lost"))
    await expect(lost).to_be_visible()
    await reply.fill("Kept for later")
    await reply.press("Enter")
    await expect(panel.get_by_text("Kept for later", exact=True)).to_have_count(1)
    assert "Kept for later" not in chats.texts()
    await line.mend()
    await expect(lost).to_be_hidden()
    await chats.said("Kept for later")


async def the_operator_signs_in_himself(page: Page, panel: FrameLocator, person: Person) -> None:
    await page.get_by_role("button", name="Sign out").click()
    await expect(panel.get_by_text(english("embed:signIn"))).to_be_visible()
    await panel.get_by_label(english("session:email")).fill(person.email)
    await panel.get_by_label(english("session:password"), exact=True).fill(PASSWORD)
    await panel.get_by_role("button", name=english("session:signIn"), exact=True).click()
    await expect(panel.get_by_text(english("embed:signIn"))).to_be_hidden()


async def every_view_opens_the_client(page: Page, origin: str, number: int) -> None:
    """The chat without the list, or the card with the way to his chat; by what the page asks."""
    panel = panel_of(page)
    record = panel.get_by_role("link", name=ukrainian("panel:fact.record"))
    reply = panel.get_by_label(ukrainian("panelTalk:composer.reply"))
    list_of_chats = panel.get_by_role("listbox")
    await page.set_viewport_size({"width": 1440, "height": 900})
    for view in ("chat", "client"):
        await page.goto(f"{origin}/?view={view}&lang=uk&theme=dark")
        await told(page, 'ready {"title":"Shop Care"}')
        await told(page, "unread_count")
        await expect(page.locator("#panel iframe")).to_have_attribute("title", "Shop Care")
        await expect(panel.get_by_text("Shop Care", exact=True)).to_be_visible()
        await page.evaluate(f"panel.setContext({{phone: '{PHONE}'}})")
        if view == "client":
            await expect(record).to_have_attribute("href", f"{origin}/leads/7")
            await expect(reply).to_have_count(0)
            await panel.get_by_role("button", name=ukrainian("embed:openChat")).click()
        await expect(reply).to_be_visible()
        await expect(list_of_chats).to_have_count(0)
    await page.evaluate("panel.openChat({chat_id: 999999}).catch(refused)")
    await told(page, 'refused {"message"')
    opened = await page.evaluate(f"panel.openChat({{chat_id: {number}}})")
    assert opened["chat_id"] == number


async def the_card_leads_to_the_record(page: Page, panel: FrameLocator, origin: str) -> None:
    await panel.get_by_role("button", name=english("panel:side.toggle")).click()
    await panel.get_by_text(english("panel:side.client"), exact=True).first.click()
    record = panel.get_by_role("link", name=english("panel:fact.record"))
    await expect(record).to_have_attribute("href", f"{origin}/leads/7")
    await panel.get_by_role("dialog").get_by_role("button", name="Ann", exact=True).click()
    await told(page, "client_clicked")


async def what_the_client_says_is_news(
    page: Page, panel: FrameLocator, shop: Shop, number: int
) -> None:
    """What is said before the panel listens is shown, but is no news."""
    times = itertools.count(1)

    async def heard() -> bool:
        words = f"Thanks {next(times)}"
        await shop.say(words, "c1")
        await expect(panel.get_by_text(words, exact=True).first).to_be_visible()
        log = await page.locator("#log").inner_text()
        return f'new_message {{"chat_id":{number}' in log

    await polled(heard)


async def it_fits(watched: Watched, panel: FrameLocator) -> None:
    """In the dark, wide and narrow; what it stands by is no part of its address."""
    page = watched.page
    await page.get_by_role("button", name="Dark").click()
    await expect(panel.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
    for width in (1440, 320):
        await page.set_viewport_size({"width": width, "height": 900})
        await watched.picture("crm", ("light",), width)
    frame = next(one for one in page.frames if "/embed/" in one.url)
    assert await barriers(frame) == []
    assert await frame.evaluate("document.documentElement.scrollWidth <= innerWidth") is True
    assert "token=" not in frame.url


async def a_narrow_frame_serves_him(
    page: Page, panel: FrameLocator, chats: Chats, ann: Person, number: int
) -> None:
    """A file, the own status, a transfer begun and given up, the way to the list, the end."""
    files = panel.locator("input[type=file]").first
    await files.set_input_files({"name": "bill.txt", "mimeType": "text/plain", "buffer": b"42"})
    await panel.get_by_role("button", name=english("panelTalk:composer.send"), exact=True).click()
    await expect(panel.get_by_role("link", name="bill.txt")).to_be_visible()

    status = panel.locator("header").get_by_role("button", name=english("duty:status"))
    known = (await ann.client.get("/api/v1/operators/me/status")).json["statuses"]
    for alias in ("on_break", "online"):
        (name,) = [one["name"] for one in known if one["alias"] == alias]
        await status.click()
        await panel.get_by_role("menuitem", name=name, exact=True).click()
        await expect(status).to_contain_text(name)

    dialog = panel.get_by_role("dialog")
    await panel.get_by_role("button", name=english("common:rowMenu", name="Ann")).click()
    await panel.get_by_role("menuitem", name=english("panel:transfer.open")).click()
    operator = dialog.get_by_role("combobox", name=english("panel:transfer.operator"))
    await expect(operator).to_be_visible()
    await dialog.get_by_role("button", name=english("ui:cancel")).click()
    await expect(dialog).to_be_hidden()

    await panel.get_by_role("link", name=english("panel:back")).click()
    await panel.get_by_role("option").filter(has_text="Ann").first.click()
    await panel.get_by_role("button", name=english("panel:close.open"), exact=True).click()
    await dialog.get_by_role("button", name=english("panel:close.action")).click()
    await told(page, f'chat_closed {{"chat_id":{number}}}')
    sent = [body["message"].get("attachments") for body in chats.bodies() if "message" in body]
    assert [one["name"] for files in sent for one in files or ()] == ["bill.txt"]


async def the_page_writes_first(chats: Chats, page: Page) -> int:
    """Now that the chat is closed, a new one begins."""
    await page.get_by_role("button", name="Write to the client").click()
    await chats.said("Your order is here")
    begun = int((await chats.unclosed("c1"))["id"])
    await told(page, f'chat_opened {{"chat_id":{begun}')
    return begun


@pytest.mark.timeout(240)
async def test_an_operator_answers_a_client_within_the_crm(
    db: Database, app: AppClient, shop: Shop, admin: Person, open_page: OpenPage
) -> None:
    chats = await Chats.open(db, app, shop)
    await chats.publish()
    ann = await chats.operator("Ann")
    await db.execute(_PASSWORD, ann.id, await passwords.make_hash(PASSWORD))
    await admin.client.put("/api/v1/instance", {"project_name": "Shop Care"})
    number = (await chats.connected("c1"))["id"]
    await chats.done(ann, number, "take")
    await db.execute("UPDATE clients SET phone = $1", f"+{PHONE}")
    async with crm(app.url, await key_of(admin), ann.email) as origin:
        await allow(open_page, admin, origin)
        # what belongs to the unknown client, and to the token that is refused after the sign-out
        watched = await open_page(expected=["404", "401", "favicon", *BREAK])
        page, line = watched.page, Line(watched.page)
        await line.breakable()
        await page.goto(origin)
        panel = panel_of(page)
        await told(page, "ready")
        await page.get_by_role("button", name="Open the client").click()
        await told(page, f'chat_opened {{"chat_id":{number}')
        reply = panel.get_by_label(english("panelTalk:composer.reply"))
        await reply.fill("Good day")
        await reply.press("Enter")
        await chats.said("Good day")
        await what_the_client_says_is_news(page, panel, shop, number)
        await a_break_loses_nothing(chats, line, panel)
        await reply.fill("Half a thought")

        await the_unknown_client_is_created(page, panel)
        await page.get_by_label("Phone").fill(PHONE)
        await the_operator_is_let_in_again(page, panel)
        await expect(reply).to_have_value("Half a thought")
        await the_operator_signs_in_himself(page, panel, ann)
        await page.get_by_role("button", name="Open the client").click()
        await expect(reply).to_have_value("Half a thought")
        await it_fits(watched, panel)

        await a_narrow_frame_serves_him(page, panel, chats, ann, number)
        begun = await the_page_writes_first(chats, page)
        await the_card_leads_to_the_record(page, panel, origin)
        await page.get_by_role("button", name="Українською").click()
        await expect(panel.locator("html")).to_have_attribute("lang", "uk")
        side = panel.get_by_text(ukrainian("panel:side.client"), exact=True)
        await expect(side.first).to_be_visible()
        await every_view_opens_the_client(page, origin, begun)


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
