"""The list of requests by itself: many at once, by mouse and by keys, and thousands of them."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Locator, Request, expect

from connective.kit import clock
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.chats import Chats
from connective.kit.testing.crowd import Crowd
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person
from connective.kit.testing.shop import Shop
from tests.journeys.catalogues import english, faults
from tests.journeys.conftest import OpenPage
from tests.journeys.panel import Panel
from tests.journeys.watched import Theme

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
THEMES: dict[str, Theme] = {"en": "light", "uk": "dark"}
OF_THE_BOT = ("Support", "port success")
EARLIER = "UPDATE requests SET last_message_at = $2 WHERE id = $1"


@pytest.fixture
async def chats(db: Database, app: AppClient, shop: Shop) -> Chats:
    chats = await Chats.open(db, app, shop)
    await chats.publish("success")
    return chats


def bar(panel: Panel) -> Locator:
    return panel.page.page.get_by_role("region", name=english("panelMany:label"))


async def chosen(panel: Panel, count: int) -> None:
    """So many rows are marked, and the bar says so."""
    marked = panel.page.page.locator("[role=option][aria-selected=true]")
    await expect(marked).to_have_count(count)
    if count:
        await expect(bar(panel).get_by_role("status")).to_have_text(
            english("panelMany:chosen_other", count=count)
        )
    else:
        await expect(bar(panel)).to_be_hidden()


async def press(panel: Panel, key: str) -> None:
    """A button of the bar."""
    await bar(panel).get_by_role("button", name=english(key), exact=True).click()


async def choose(panel: Panel, option: str, *, of: str) -> None:
    """Type into a field with suggestions and take the first."""
    await panel.page.page.get_by_role("combobox", name=of).fill(option)
    await panel.page.page.get_by_role("option", name=option).click()


async def close_all(panel: Panel) -> None:
    """Everything that is chosen, by keys; they go where the focus is."""
    await press(panel, "panelMany:close.open")
    await expect(panel.dialog.locator(":focus")).to_have_count(1)
    await panel.press("Control+Enter")


@pytest.mark.proves("OP-23", part="many at once")
@pytest.mark.timeout(120)
async def test_many_requests_are_tagged_taken_back_and_closed_at_once(
    chats: Chats, admin: Person, open_page: OpenPage
) -> None:
    await admin.client.post("/api/v1/tags", {"name": "refund"})
    rule = await admin.client.put("/api/v1/settings/op/closing", {"tags_required": True})
    assert rule.status == 200, rule.text
    for number in range(4):
        await chats.connected(f"c{number}")
    chief = await chats.operator("Ivan", role="supervisor")
    panel = await Panel.open(open_page, chief, "unassigned")
    await expect(panel.rows).to_have_count(4)

    await panel.rows.nth(0).click(modifiers=["ControlOrMeta"])
    await panel.rows.nth(2).click(modifiers=["Shift"])
    await chosen(panel, 3)
    await panel.rows.nth(1).click(modifiers=["ControlOrMeta"])
    await chosen(panel, 2)
    await press(panel, "panelMany:tags.open")
    await choose(panel, "refund", of=english("panelMany:tags.add"))
    await panel.dialog.get_by_role("button", name=english("panelMany:tags.action")).click()
    await expect(panel.rows.filter(has_text="refund")).to_have_count(2)
    await chosen(panel, 0)
    await panel.page.button("ui:undo").click()
    await expect(panel.rows.filter(has_text="refund")).to_have_count(0)

    await panel.rows.first.focus()
    await panel.press("Shift+ArrowDown")
    await chosen(panel, 2)
    await panel.press("Escape")
    await chosen(panel, 0)
    await panel.press("KeyX", "Shift+ArrowUp")
    await chosen(panel, 2)
    await press(panel, "panelMany:tags.open")
    await choose(panel, "refund", of=english("panelMany:tags.add"))
    await panel.press("Escape", "Control+Enter")
    await expect(panel.rows.filter(has_text="refund")).to_have_count(2)

    await panel.rows.first.focus()
    await panel.press("Control+KeyA")
    await chosen(panel, 4)
    await close_all(panel)
    failed = english("panelMany:failed", failed=2, total=4)
    await expect(bar(panel).get_by_text(failed)).to_be_visible()
    await expect(panel.rows).to_have_count(2)
    await chosen(panel, 2)
    await press(panel, "panelMany:tags.open")
    await choose(panel, "refund", of=english("panelMany:tags.add"))
    await panel.press("Escape", "Control+Enter")
    await expect(panel.rows.filter(has_text="refund")).to_have_count(2)
    await panel.rows.first.focus()
    await panel.press("Control+KeyA")
    await close_all(panel)
    await expect(panel.page.text(english("panel:empty.unassigned"))).to_be_visible()
    assert panel.page.taken() == []


@pytest.mark.proves("OP-23", part="5,000 requests")
@pytest.mark.timeout(120)
async def test_of_5000_requests_few_rows_exist_and_a_message_in_the_last_comes_first(
    chats: Chats, admin: Person, open_page: OpenPage
) -> None:
    last = await chats.connected("c1")
    await chats.db.execute(EARLIER, last["id"], clock.now() - timedelta(days=1))
    crowd = await Crowd.gather(chats.db)
    await crowd.requests(5000, state="new")
    panel = Panel(await open_page(admin))
    reads: list[str] = []

    def note(request: Request) -> None:
        address = urlsplit(request.url)
        if address.path == "/api/v1/requests" and "limit=50" in address.query:
            reads.append(address.query)

    panel.page.page.on("request", note)
    await panel.go("all")
    await expect(panel.rows.first).to_be_visible()
    assert await panel.rows.count() < 100
    assert reads
    assert not [query for query in reads if "cursor" in query]
    await chats.shop.say("Is anybody there?", "c1")
    await expect(panel.rows.first).to_contain_text("Is anybody there?")
    await panel.rows.first.focus()
    await panel.press("End")
    await expect(panel.page.page.locator("[role=option]:focus")).not_to_have_attribute(
        "data-index", "0"
    )
    assert await panel.rows.count() < 100
    assert panel.page.taken() == []


@pytest.mark.proves("P-09", part="many at once")
@pytest.mark.timeout(120)
@pytest.mark.parametrize("language", ["en", "uk"])
async def test_what_is_done_to_many_is_whole_in_every_size_and_light(
    language: str, chats: Chats, admin: Person, open_page: OpenPage
) -> None:
    await admin.client.put("/api/v1/settings/op/closing", {"tags_required": True})
    for number in range(2):
        await chats.connected(f"c{number}")
    chief = await chats.operator("Іван", role="supervisor", language=language)
    panel = await Panel.open(open_page, chief, "unassigned", language=language)
    page = panel.page
    await page.size(320)
    await panel.rows.first.focus()
    await panel.press("Control+KeyA")
    await expect(page.page.locator("[role=option][aria-selected=true]")).to_have_count(2)
    await look(panel, language, "many_chosen")
    await page.page.locator("section output ~ div button").last.click()
    await expect(panel.dialog).to_be_visible()
    await look(panel, language, "many_close")
    await panel.press("Control+Enter")
    await expect(page.page.locator("section [role=alert]")).to_be_visible()
    await look(panel, language, "many_refused")
    assert page.taken() == []


async def look(panel: Panel, language: str, name: str) -> None:
    """No overflow, no fault of accessibility, no word of the other language."""
    page = panel.page
    for width, theme in ((1440, THEMES[language]), (320, THEMES["en"])):
        await page.size(width)
        await page.wear(theme)
        await page.picture(f"{name}_{language}", (theme,), width)
        assert await page.ask("checks.overflow()") == []
        assert await page.barriers() == []
    strange = faults(language, await page.ask("checks.texts()"))
    assert [fault for fault in strange if not any(word in fault for word in OF_THE_BOT)] == []
