"""The description of the API as its reader uses it: found in the help, signed in, tried out."""

import pytest
from playwright.async_api import Locator, Page, expect

from connective.kit.testing.people import Person
from connective.kit.testing.shop import Shop
from tests.journeys.catalogues import english
from tests.journeys.conftest import OpenPage
from tests.journeys.watched import Watched

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PATH = "/kw/api/general/KwBots/get"
TAG = "compat: general"
REQUESTS = "requests"
BULK = "/api/v1/requests/bulk"


async def documentation(page: Watched) -> Page:
    """Help -> API documentation, in the window that it opens."""
    await page.open("/bots")
    await page.button("shell:help").click()
    async with page.page.context.expect_page() as window:
        await page.page.get_by_role("menuitem", name=english("shell:apiReference")).click()
    return await window.value


async def opened(docs: Page, tag: str, path: str) -> Locator:
    """An operation of a group, opened: the first of the path."""
    await docs.locator(f'h3[data-tag="{tag}"]').click()
    named = docs.locator(f'[data-path="{path}"]')
    operation = docs.locator(".opblock").filter(has=named).first
    await operation.locator("button.opblock-summary-control").click()
    return operation


async def tried(docs: Page) -> Locator:
    """The operation that reads bots, opened to be tried."""
    operation = await opened(docs, TAG, PATH)
    await operation.get_by_role("button", name="Try it out").click()
    return operation


async def parts_are_put_in(docs: Page) -> None:
    """What a schema refers to, some levels deep, stands at the operation."""
    operation = await opened(docs, REQUESTS, BULK)
    answers = operation.locator(".responses-table tr.response")
    done = answers.filter(has_text="200").first
    await done.get_by_role("tab", name="Schema").click()
    await done.get_by_role("button", name="Expand all").first.click()
    for part in ("results", "outcome", "node_id"):
        await expect(done.get_by_text(part, exact=True).first).to_be_visible()


async def executed(operation: Locator, status: str, text: str) -> None:
    """Execute shows the real answer."""
    await operation.get_by_role("button", name="Execute").click()
    shown = operation.locator(".live-responses-table tr.response").first
    told = shown.locator(".response-col_status")
    await expect(told).to_contain_text(status)
    await expect(shown).to_contain_text(text)


async def authorize(docs: Page, value: str) -> None:
    await docs.locator("button.btn.authorize").first.click()
    dialog = docs.locator(".dialog-ux .modal-ux")
    schemes = dialog.locator(".auth-container h4")
    await expect(schemes).to_have_count(3)
    given = dialog.get_by_label("Value:").first
    key = dialog.locator(".auth-container").filter(has_text="ApiKeyAuth")
    logout = key.get_by_role("button", name="Remove authorization")
    if await logout.count():
        await logout.click()
    await expect(given).to_be_visible()
    await key.locator("input").fill(value)
    await key.get_by_role("button", name="Apply credentials").click()
    await dialog.locator("button.close-modal").click()


@pytest.mark.proves("INT-15", part="all but custom data models")
async def test_an_operation_is_found_in_the_help_and_tried_by_session_and_by_key(
    shop: Shop, admin: Person, open_page: OpenPage
) -> None:
    page = await open_page(admin)
    docs = await documentation(page)
    left: list[str] = []
    docs.on("request", lambda request: left.append(request.url))
    await docs.wait_for_url("**/api-docs")
    operation = await tried(docs)
    await executed(operation, "200", '"name": "Shop"')
    await authorize(docs, "API-Key nonsense")
    await executed(operation, "401", '"code": "unauthorized"')
    await authorize(docs, f"API-Key {shop.key}")
    await executed(operation, "200", '"name": "Shop"')
    await parts_are_put_in(docs)
    outside = [url for url in left if not url.startswith((page.url, "data:", "blob:"))]
    assert outside == []
    assert left
