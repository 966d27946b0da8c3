"""An operator writes first, for a bot whose chats have a topic of their own, and drops a file."""

import pytest
from playwright.async_api import Locator, expect

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.chats import Chats
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person, sign_in
from connective.kit.testing.shop import Shop
from tests.journeys.catalogues import catalogue, english, faults
from tests.journeys.conftest import OpenPage
from tests.journeys.panel import Panel
from tests.journeys.watched import Theme

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
THEMES: dict[str, Theme] = {"en": "light", "uk": "dark"}
# What the browser does with a file that is dropped: asked over the place, then let go.
DROP = """
element => {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File(["x"], "bill.pdf", { type: "application/pdf" }));
  const event = kind => new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true });
  return ["dragover", "drop"].map(kind => !element.dispatchEvent(event(kind)));
}
"""


@pytest.fixture
async def chats(db: Database, app: AppClient, shop: Shop) -> Chats:
    chats = await Chats.open(db, app, shop)
    await shop.publish([(1, "start", {}), (2, "message", {"text": "Hello"})], [(1, "next", 2)])
    for chat in ("c1", "c2"):
        await shop.say("/start", chat)
    await db.execute("UPDATE contacts SET display_name = 'Ann ' || chat_id")
    await db.execute("UPDATE contacts SET subscribed = false WHERE chat_id = 'c2'")
    return chats


async def looks_right(panel: Panel, name: str, language: str = "en") -> None:
    """No overflow, no fault of accessibility, no word of the other language."""
    page = panel.page
    for width, theme in ((1440, THEMES[language]), (320, THEMES["en"])):
        await page.size(width)
        await page.wear(theme)
        await page.picture(f"{name}_{language}", (theme,), width)
        assert await page.ask("checks.overflow()") == []
        assert await page.barriers() == []
    strange = faults(language, await page.ask("checks.texts()"))
    assert strange == []
    await page.size(1440)


def ukrainian(key: str) -> str:
    return catalogue("uk")[key]


def box(panel: Panel, key: str) -> Locator:
    return panel.dialog.get_by_role("combobox", name=english(key))


@pytest.mark.proves("SE-11", part="outbound chats")
@pytest.mark.proves("SE-03", part="operators")
@pytest.mark.timeout(180)
async def test_a_chat_begins_from_the_panel_with_the_topic_of_its_bot(
    chats: Chats, admin: Person, open_page: OpenPage
) -> None:
    boss = Panel(await open_page(admin))
    await boss.page.open(f"/bots/{chats.shop.id}?tab=operators")
    field = boss.page.page.get_by_role("combobox", name=english("botOperators:topic"))
    await field.click()
    await boss.page.page.get_by_role("option", name="Support").click()
    await looks_right(boss, "bot_operators")
    await boss.page.button("common:save").click()
    await expect(boss.page.text(english("common:saved"))).to_be_visible()

    olena = await chats.operator("Olena")
    panel = await Panel.open(open_page, olena, "my")
    await panel.page.button("panelOutbound:open").click()
    await box(panel, "panelOutbound:client").fill("ann c")
    taken_off = panel.page.page.get_by_role("option", name="Ann c2")
    await expect(taken_off).to_contain_text(english("panelOutbound:refusal.unsubscribed"))
    await looks_right(panel, "new_chat")
    await panel.page.page.get_by_role("option", name="Ann c1").click()
    await panel.dialog.get_by_label(english("panelOutbound:text")).fill("Your order is here")
    await panel.press("Control+Enter")
    await expect(panel.dialog).to_be_hidden()
    row = panel.rows.filter(has_text="Ann c1")
    await expect(row).to_contain_text("Support")
    await chats.said("Your order is here")
    assert (await chats.unclosed("c1"))["assignee_id"] == olena.id
    assert boss.page.taken() + panel.page.taken() == []


@pytest.mark.proves("OP-18", part="files")
@pytest.mark.proves("OP-06", part="menu of a row")
@pytest.mark.timeout(180)
async def test_a_file_that_is_not_taken_leaves_the_page_where_it_is_and_says_why(
    chats: Chats, admin: Person, open_page: OpenPage
) -> None:
    dialog = (await chats.dialog("c1"))["id"]
    taken = await admin.client.post(f"/api/v1/dialogs/{dialog}/takeover", {})
    number = taken.json["id"]
    panel = await Panel.open(open_page, admin, "all")
    row = panel.rows.filter(has_text="Ann c1")
    await row.focus()
    await panel.press("Shift+F10")
    menu = panel.page.page.get_by_role("menu")
    await expect(menu).to_be_visible()
    await looks_right(panel, "row_menu")
    await menu.get_by_role("menuitem", name=english("panelMany:close.open"), exact=True).click()
    await expect(panel.dialog.locator(":focus")).to_have_count(1)
    await panel.press("Control+Enter")
    await expect(panel.dialog).to_be_hidden()
    await panel.go("all", number)
    closed = panel.page.page.get_by_text(english("panel:talk.closed"))
    assert await closed.evaluate(DROP) == [True, True]
    await expect(panel.page.text(english("panelTalk:stray.closed"))).to_be_visible()
    outside = panel.page.page.get_by_role("listbox")
    assert await outside.evaluate(DROP) == [True, True]
    assert panel.page.taken() == []


@pytest.mark.proves("SE-11", part="outbound chats")
@pytest.mark.timeout(120)
async def test_the_new_pages_are_whole_in_ukrainian(
    chats: Chats, db: Database, app: AppClient, open_page: OpenPage
) -> None:
    boss = await sign_in(db, app, "administrator", first_name="Олег", language="uk")
    await db.execute("UPDATE contacts SET display_name = 'Ганна ' || id")
    await db.execute("UPDATE bots SET name = 'Крамниця'")
    await db.execute("UPDATE topics SET name = 'Підтримка'")
    panel = Panel(await open_page(boss, language="uk"))
    await panel.page.open(f"/bots/{chats.shop.id}?tab=operators")
    await looks_right(panel, "bot_operators", "uk")
    await panel.go("all")
    await panel.page.page.get_by_role("button", name=ukrainian("panelOutbound:open")).click()
    await panel.dialog.get_by_role("combobox").first.fill("Ганна")
    await expect(panel.page.page.get_by_role("option")).to_have_count(2)
    await looks_right(panel, "new_chat", "uk")
