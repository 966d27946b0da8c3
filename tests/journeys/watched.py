"""A page of the browser that notes what went wrong on it."""

import asyncio
import json
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from playwright.async_api import ConsoleMessage, Dialog, Frame, Locator, Page, Request, Response

from tests.journeys.catalogues import english
from tools.bootstrap.places import WEB

PATIENCE_MS = 15_000
AXE = WEB / "node_modules" / "axe-core" / "axe.min.js"
Theme = Literal["light", "dark"]


async def barriers(place: Page | Frame, *, everything: bool = True) -> list[str]:
    """The checker is as large as the app: it comes only to pages that are checked."""
    if not await place.evaluate("'axe' in window"):
        await place.evaluate(AXE.read_text("utf-8"))
    found: list[str] = await place.evaluate("all => checks.accessibility(all)", everything)
    return found


class Watched:
    """Everything is awaited with a time limit; `faults` is what nobody should ever meet."""

    def __init__(self, page: Page, url: str, expected: Sequence[str] = ()) -> None:
        self.page, self.url, self.expected = page, url, expected
        self.faults: list[str] = []
        self._theme: Theme | None = None
        page.on("console", self._console)
        page.on("pageerror", lambda error: self._note(f"error: {error}"))
        page.on("dialog", self._dialog)
        page.on("request", self._request)
        page.on("response", self._response)
        page.on("requestfailed", self._failed)

    async def open(self, address: str) -> None:
        await self.page.goto(self.url + address, timeout=PATIENCE_MS)
        await self.settle()

    async def go(self, address: str) -> None:
        """To another page without loading the app again."""
        await self.ask(f"checks.go({json.dumps(address)})")

    async def settle(self) -> None:
        """Until nothing is asked for, nothing loads and two frames are painted."""
        await self.ask("checks.settle()")

    def button(self, key: str, **values: object) -> Locator:
        """The one button of this text that can be pressed now."""
        return self.page.get_by_role("button", name=english(key, **values), exact=True)

    def field(self, key: str) -> Locator:
        return self.page.get_by_label(re.compile(f"^{re.escape(english(key))}( \\*)?$"))

    def text(self, text: str) -> Locator:
        return self.page.get_by_text(text, exact=True)

    async def fill(self, fields: dict[str, str]) -> None:
        """`{"bots:alias": "shop"}` fills the field that the text labels."""
        for key, value in fields.items():
            await self.field(key).fill(value)

    async def ask(self, script: str) -> Any:
        try:
            async with asyncio.timeout(PATIENCE_MS / 1000):
                return await self.page.evaluate(script)
        except TimeoutError:
            raise AssertionError(f"{script} did not end on {self.page.url}") from None

    async def barriers(self, *, everything: bool = True) -> list[str]:
        """The serious faults of accessibility; without `everything` those of colours alone."""
        try:
            async with asyncio.timeout(PATIENCE_MS / 1000):
                return await barriers(self.page, everything=everything)
        except TimeoutError:
            raise AssertionError(f"axe did not end on {self.page.url}") from None

    @property
    def width(self) -> int:
        viewport = self.page.viewport_size
        assert viewport is not None
        return viewport["width"]

    async def wear(self, theme: Theme) -> None:
        if theme == self._theme:
            return
        self._theme = theme
        await self.page.emulate_media(color_scheme=theme)
        await self.ask("checks.frames()")

    async def size(self, width: int) -> None:
        if width == self.width:
            return
        await self.page.set_viewport_size({"width": width, "height": 640 if width < 768 else 900})
        await self.settle()

    async def picture(self, name: str, themes: Sequence[Theme], width: int) -> None:
        """Kept only where SCREENSHOTS names a folder."""
        folder = os.environ.get("SCREENSHOTS")
        plain = re.sub(r"\W+", "_", name).strip("_")
        for theme in themes if folder else ():
            await self.wear(theme)
            path = Path(folder or "", f"{plain}-{theme}-{width}.png")
            await self.page.screenshot(path=path, timeout=PATIENCE_MS)

    def taken(self) -> list[str]:
        """The faults since the last time."""
        found, self.faults = self.faults, []
        return found

    def _note(self, fault: str) -> None:
        if not any(part in fault for part in self.expected):
            self.faults.append(fault)

    async def _dialog(self, dialog: Dialog) -> None:
        self._note(f"dialog: {dialog.message}")
        await dialog.dismiss()

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._note(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.url, "data:", "blob:")):
            self._note(f"leaves our host: {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self._note(f"{response.status} {response.request.method} {response.url}")

    def _failed(self, request: Request) -> None:
        # A page that is left gives its running calls up.
        if request.failure != "net::ERR_ABORTED":
            self._note(f"failed: {request.url} {request.failure}")
