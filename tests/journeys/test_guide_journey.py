"""The guide and the API's description in a browser: they run under their policies."""

import pytest
from playwright.async_api import expect

from connective.kit.testing.people import Person
from tests.journeys.conftest import OpenPage
from tests.journeys.watched import PATIENCE_MS

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.mark.proves("P-02", part="guide in a browser")
async def test_the_guide_is_read_and_searched_under_its_policy(open_page: OpenPage) -> None:
    watched = await open_page()
    page = watched.page
    body = page.locator("body")
    await page.goto(watched.url + "/docs/")
    await expect(body).to_have_attribute("data-theme", "auto")  # set by the script in the page
    await page.locator(".theme-toggle:visible").first.click()
    await expect(body).not_to_have_attribute("data-theme", "auto")
    chosen = await body.get_attribute("data-theme")
    await page.goto(watched.url + "/docs/guide/custom-channel/")
    await expect(body).to_have_attribute("data-theme", chosen or "")
    await page.goto(watched.url + "/docs/search/?q=webhook")
    await expect(page.locator("#search-results li").first).to_be_visible(timeout=PATIENCE_MS)
    assert watched.taken() == []


@pytest.mark.proves("INT-15", part="description in a browser")
async def test_the_description_of_the_api_is_drawn_under_its_policy(
    admin: Person, open_page: OpenPage
) -> None:
    watched = await open_page(admin)
    await watched.page.goto(watched.url + "/api-docs")
    drawn = watched.page.locator(".opblock-tag").first
    await expect(drawn).to_be_visible(timeout=2 * PATIENCE_MS)
    assert watched.taken() == []
