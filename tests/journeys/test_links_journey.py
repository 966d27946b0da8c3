"""A link built while one looks at it, opened by a client, seen by his operator."""

import re

import pytest
from playwright.async_api import expect

from connective.kit.testing.people import Person
from connective.kit.testing.shop import Shop
from tests.journeys.catalogues import english
from tests.journeys.conftest import OpenPage
from tests.journeys.watched import Watched

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
ORDER = (
    [
        (1, "start", {}),
        (2, "message", {"text": "Hello from {{utm_source}}"}),
        (3, "entry", {"alias": "order"}),
        (4, "message", {"text": "Your order {{messenger_input_param}}"}),
    ],
    [(1, "next", 2), (3, "next", 4)],
)


async def a_link_is_begun_in_the_inspector(page: Watched, shop: Shop) -> None:
    """The bot and the entry point are known there; its plain addresses stand beside."""
    await page.open(f"/dialog/bot-scenario/{shop.id}?node=3")
    inspector = page.page.get_by_role("complementary", name=english("scenario:inspector.title"))
    await expect(inspector.get_by_text("/start ep3", exact=True)).to_be_visible()
    await page.button("links:entry.build").click()
    form = page.page.get_by_role("dialog")
    entry = form.get_by_role("combobox", name=english("links:form.entry"))
    await expect(entry).to_have_value(re.compile("#3"))
    await form.get_by_role("combobox", name=english("links:form.channel")).click()
    await page.page.get_by_role("option").first.click()
    await page.fill({"links:form.payload": "city: Lviv"})
    await form.get_by_role("button", name=english("links:form.keep")).click()
    await expect(form.get_by_text("/start l_")).to_be_visible()
    await page.button("ui:done").click()


@pytest.mark.proves("INT-01", part="builder")
async def test_a_link_is_built_and_counts_who_comes_by_it(
    shop: Shop, admin: Person, open_page: OpenPage
) -> None:
    await shop.publish(*ORDER)
    page = await open_page(admin)
    await page.open("/links")
    await expect(page.text(english("links:empty"))).to_be_visible()
    await page.button("links:add").first.click()
    form = page.page.get_by_role("dialog")
    for label, choice in (
        ("links:form.bot", "Shop"),
        ("links:form.channel", ""),
        ("links:form.entry", "#3"),
    ):
        await form.get_by_role("combobox", name=english(label)).click()
        await page.page.get_by_role("option").filter(has_text=choice).first.click()
    await page.fill({"links:form.value": "A77"})
    await expect(form.get_by_text("/start ep3-A77")).to_be_visible()
    await expect(form.get_by_role("img", name=english("links:shown.qr"))).to_be_visible()
    await page.fill({"links:form.value": "order 7"})
    await expect(form.get_by_text(english("links:live.needsLink"))).to_be_visible()
    await page.fill({"links:form.label": "Spring leaflet"})
    await form.get_by_label("utm_source").fill("print")
    await form.get_by_role("button", name=english("links:form.keep")).click()
    text = form.get_by_text("/start l_")
    await expect(text).to_be_visible()
    start = await text.inner_text()
    await expect(form.get_by_role("link", name=english("links:shown.download"))).to_be_visible()
    await page.button("ui:done").click()
    await shop.say(start)
    assert await shop.texts(1) == ["Your order order 7"]
    await page.open("/links")
    row = page.page.get_by_role("row").filter(has_text="Spring leaflet")
    await expect(row.get_by_role("cell", name="1", exact=True)).to_be_visible()
    await row.click()
    drawn = form.get_by_role("figure", name=english("links:days.title"))
    today = drawn.get_by_role("row").last.get_by_role("cell")
    await expect(today).to_have_text(["0", "1"])
    await form.get_by_text(english("links:days.last_other", count="7")).click()
    await expect(drawn.get_by_role("row")).to_have_count(1 + 7)
    await page.page.keyboard.press("Escape")
    await a_link_is_begun_in_the_inspector(page, shop)
    await page.open("/dialogs?utm_source=print")
    await expect(page.page.get_by_role("row").filter(has_text="Ann")).to_be_visible()
    await page.page.get_by_placeholder(english("dialogs:tags.utm_source")).fill("radio")
    await expect(page.text(english("dialogs:nothingFound"))).to_be_visible()
    assert page.taken() == []
