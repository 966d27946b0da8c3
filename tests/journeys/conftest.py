"""The browser of the journeys, and pages in it that are signed in."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright, expect

from connective.app import pages
from connective.kit.testing.people import COOKIE, Person
from connective.kit.testing.server import RunningApp
from tests.journeys.watched import PATIENCE_MS, Watched
from tools.browser import launch_options

CHECKS = Path(__file__).with_name("checks.js")
ZONE = "Europe/Kyiv"
OpenPage = Callable[..., Awaitable[Watched]]
# As long as for anything else: the machine may be busy with the other half of the tests.
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(autouse=True, scope="session")
def _built() -> None:
    """A missing build would look like a server that serves nothing."""
    assert (pages.STATIC / "index.html").is_file(), "the web app is not built: run `make test`"


@pytest_asyncio.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One for all journeys: contexts share nothing, and a start costs as much as a page."""
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(timeout=30_000, **launch_options())
        yield chromium
        await chromium.close()


@pytest_asyncio.fixture
async def open_page(browser: Browser, server: RunningApp) -> AsyncIterator[OpenPage]:
    """`await open_page(person, language="uk")`: a watched page; without a person signed out.

    `expected`: parts of the faults that belong to what is tried.
    """

    async def opened(
        person: Person | None = None, *, language: str = "en", expected: Sequence[str] = ()
    ) -> Watched:
        context = await browser.new_context(
            locale={"en": "en-GB", "uk": "uk-UA"}[language],
            timezone_id=ZONE,
            reduced_motion="reduce",
            viewport={"width": 1440, "height": 900},
        )
        context.set_default_timeout(PATIENCE_MS)
        await context.add_init_script(path=CHECKS)
        if person:
            cookie = person.client.headers["Cookie"].removeprefix(f"{COOKIE}=")
            await context.add_cookies([{"name": COOKIE, "value": cookie, "url": server.url}])
        return Watched(await context.new_page(), server.url, expected)

    yield opened
    for context in browser.contexts:
        await context.close()
