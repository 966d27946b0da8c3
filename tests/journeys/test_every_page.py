"""Every page in both languages and themes, on a phone, a tablet and a desk."""

from typing import Any

import pytest
from playwright.async_api import Error

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.people import sign_in
from connective.kit.testing.shop import Shop
from tests.journeys.addresses import LEADING_ON, OPEN, PLACES, Place, routes
from tests.journeys.catalogues import catalogue, faults
from tests.journeys.conftest import OpenPage
from tests.journeys.hostile import write_everywhere
from tests.journeys.requests import ask_for_people
from tests.journeys.site import furnish
from tests.journeys.watched import Theme, Watched

# Not with the other journeys: these two take as long as all of them, and go to either worker.
pytestmark = pytest.mark.browser
UNKNOWN_LINK = ("/auth/reset/check", "status of 410")
PHONE, TABLET, DESK = WIDTHS = (320, 768, 1440)
THEMES: tuple[Theme, ...] = ("light", "dark")
# Colours do not depend on the language: between them the two see each theme large and small.
LOOKS: dict[str, dict[int, Theme]] = {
    "en": {PHONE: "dark", DESK: "light"},
    "uk": {PHONE: "light", DESK: "dark"},
}
TABS = 12


def test_every_route_of_the_app_is_among_the_pages_looked_at() -> None:
    looked_at = {place.route for place in (*OPEN, *PLACES)}
    assert routes() - LEADING_ON <= looked_at


@pytest.mark.proves("P-09", part="every page")
@pytest.mark.proves("P-08", part="nothing foreign runs")
@pytest.mark.timeout(300)
@pytest.mark.parametrize("language", ["en", "uk"])
async def test_every_page_is_whole(
    language: str, shop: Shop, db: Database, app: AppClient, open_page: OpenPage
) -> None:
    site = await furnish(shop)
    person = await sign_in(db, app, is_root=True, language=language, first_name="Ольга")
    site.names |= await ask_for_people(shop, person)
    await write_everywhere(shop, person, site.names)
    found: list[str] = []
    for places, page in (
        (OPEN, await open_page(language=language, expected=UNKNOWN_LINK)),
        (PLACES, await open_page(person, language=language)),
    ):
        await page.open(places[0].address)
        for place in places:
            look = Look(page, place, language)
            await look.at(place.address.format(**site.names))
            found += [f"{place}: {fault}" for fault in look.found]
    assert not found, "\n".join(found)


class Look:
    """One page, looked at from all sides."""

    def __init__(self, page: Watched, place: Place, language: str) -> None:
        self.page, self.place, self.language = page, place, language
        self.found: list[str] = []

    async def at(self, address: str) -> None:
        try:
            await self._from_all_sides(address)
        except (AssertionError, Error) as failure:
            self.found.append(str(failure))
        self.found += self.page.taken()

    async def _from_all_sides(self, address: str) -> None:
        await self.page.go(address)
        if self.place.opens:
            await self._open_panel()
        # From the width that the page before was left at: every other page is opened on a phone.
        for width in sorted(WIDTHS, reverse=self.page.width == DESK):
            await self._width(width)
        self.found += await self._fonts()
        self.found += await self.page.ask("checks.refused()")
        self.found += await self.page.ask("checks.foreign()")

    async def _open_panel(self) -> None:
        opens, page = self.place.opens, self.page.page
        text = catalogue(self.language).get(opens)
        await self.page.size(DESK)  # on a phone some of the buttons stand in a menu
        button = page.get_by_role("button", name=text, exact=True) if text else page.locator(opens)
        await button.first.click()
        await self.page.settle()

    async def _width(self, width: int) -> None:
        await self.page.size(width)
        if width == DESK:
            self.found += faults(self.language, await self.page.ask("checks.texts()"))
            self.found += await self._focus() if self.language == "en" else []
        self.found += [f"at {width}: {fault}" for fault in await self.page.ask("checks.overflow()")]
        theme = LOOKS[self.language].get(width)
        if theme:
            await self.page.wear(theme)
            bad = await self.page.barriers(everything=theme == "light")
            self.found += [f"{theme} at {width}: {fault}" for fault in bad]
        await self.page.picture(f"{self.place}-{self.language}", THEMES, width)

    async def _focus(self) -> list[str]:
        await self.page.ask("document.querySelector('#content')?.focus()")
        found: list[str] = []
        for _ in range(TABS):
            await self.page.page.keyboard.press("Tab")
            focus = await self.page.ask("checks.focus()")
            if focus and not focus["visible"]:
                found.append(f"focus is not to be seen on {focus['name']}")
        return found

    async def _fonts(self) -> list[str]:
        """Which font files the letters of the page really come from."""
        session = await self.page.page.context.new_cdp_session(self.page.page)
        await session.send("DOM.enable")
        await session.send("CSS.enable")
        document: dict[str, Any] = await session.send("DOM.getDocument", {"depth": 0})
        root = document["root"]["nodeId"]
        body = await session.send("DOM.querySelector", {"nodeId": root, "selector": "body"})
        asked = {"nodeId": body["nodeId"]}
        fonts = (await session.send("CSS.getPlatformFontsForNode", asked))["fonts"]
        await session.detach()
        return [
            f"font of the machine: {font['familyName']}"
            for font in fonts
            if not font["isCustomFont"]
        ]
