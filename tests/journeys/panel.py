"""The operators' panel as an operator has it before him."""

from typing import Any

from playwright.async_api import Locator, expect

from connective.kit.testing.people import Person
from tests.journeys.catalogues import english
from tests.journeys.conftest import OpenPage
from tests.journeys.line import Line
from tests.journeys.watched import Watched

CLIENT = "Ann"


class Panel:
    """`page` is the panel's page; `rows` the requests of the folder, `talk` the conversation."""

    def __init__(self, page: Watched) -> None:
        self.page = page
        self._line = Line(page.page)

    @classmethod
    async def open(cls, open_page: OpenPage, person: Person, folder: str, **more: Any) -> "Panel":
        panel = cls(await open_page(person, **more))
        await panel.go(folder)
        return panel

    async def go(self, folder: str, number: int | None = None) -> None:
        path = "/operator_panel/requests" + (f"/{number}" if number else "")
        await self.page.open(f"{path}?folder={folder}")

    @property
    def rows(self) -> Locator:
        return self.page.page.locator("a[role=option]")

    @property
    def talk(self) -> Locator:
        return self.page.page.get_by_role(
            "region", name=english("panel:talk.label", name=CLIENT), exact=True
        )

    @property
    def dialog(self) -> Locator:
        return self.page.page.get_by_role("dialog")

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.page.page.keyboard.press(key)

    async def write(self, text: str) -> None:
        """By the key of the reply, and Enter."""
        field = self.page.field("panelTalk:composer.reply")
        await self.press("Alt+KeyR")
        await expect(field).to_be_focused()
        await self.page.page.keyboard.insert_text(text)
        await self.press("Enter")
        await expect(field).to_have_value("")

    async def says(self, text: str) -> None:
        """The conversation shows the text, once."""
        await expect(self.talk.get_by_text(text, exact=True)).to_have_count(1)

    async def in_state(self, state: str) -> None:
        head = self.page.page.locator("header").get_by_text(english(f"panel:state.{state}"))
        await expect(head).to_be_visible()

    async def texts(self) -> list[str]:
        """What was said, from top to bottom."""
        return await self.talk.locator("li p").all_inner_texts()

    async def listed(self) -> list[str]:
        return await self.rows.all_inner_texts()

    async def breakable(self) -> None:
        """From the next opening on the connection can be cut."""
        await self._line.breakable()

    async def cut(self) -> None:
        await self._line.cut()
        await expect(self.page.text(english("panel:lost"))).to_be_visible()

    async def mend(self) -> None:
        await self._line.mend()
        await expect(self.page.text(english("panel:lost"))).to_be_hidden()
