"""The pictures of the guide's other pages: most need an address only, and a text to wait for."""

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from playwright.sync_api import Page

from tools.screenshots.demo import Demo

PAGES: Final[Mapping[str, tuple[str, str]]] = {
    "bots": ("/bots", "Demo shop"),
    "dialogs": ("/dialogs", "Ann Lee"),
    "runs": ("/runs", "Demo shop"),
    "deliveries": ("/deliveries", "message_from_bot"),
    "operators": ("/settings-page/op-settings/operators", "Mariia Lysenko"),
    "api-keys": ("/keys", "Demo shop"),
    "secrets": ("/secrets", "DEMO_SHOP_TOKEN"),
    "users": ("/users", "Mariia Lysenko"),
    "system-status": ("/status", "Deliveries"),
}


def _listed(page: Page, demo: Demo, *, path: str, text: str) -> None:
    page.goto(demo.base + path)
    page.get_by_role("main").get_by_text(text).first.wait_for()


def run(page: Page, demo: Demo) -> None:
    """The run of the demo that asked the shop."""
    page.goto(f"{demo.base}/dialogs")
    page.get_by_text("Ann Lee").first.click()
    page.get_by_role("link", name=re.compile(r"^Run \d")).first.click()
    page.get_by_text("Ask the shop").first.wait_for()
    page.locator(".react-flow__node").first.wait_for()


SHOTS: Final[Mapping[str, Callable[[Page, Demo], None]]] = {
    **{name: partial(_listed, path=path, text=text) for name, (path, text) in PAGES.items()},
    "run": run,
}
