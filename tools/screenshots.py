"""Takes the pictures of the README and the guide: a demo instance, a browser, four pages."""

import os
import re
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from connective.app.demo import people
from tools.bootstrap import say
from tools.bootstrap.places import BIN, DOCS
from tools.browser import launch_options

IMAGES = DOCS / "images"
SIZE = ViewportSize(width=1440, height=900)
PATIENCE_MS = 30_000
PATIENCE_S = 120


@contextmanager
def instance() -> Iterator[str]:
    """A fresh demo in a folder that goes away with it; gives its address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        own = {"DATA_DIR": f"{folder}/var", "PORT": str(port), "DEMO": "1"}
        given = {f"CONNECTIVE_{name}": value for name, value in own.items()}
        server = subprocess.Popen(
            [BIN / "connective", "serve"], env={**os.environ, **given}, stdout=subprocess.PIPE
        )
        try:
            _wait_for(port, server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait()


def _wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    """The end of what the start prints, then a connection that is taken."""
    until = time.monotonic() + PATIENCE_S
    for line in server.stdout or ():
        if b"/docs/" in line:
            break
    with socket.create_connection(("127.0.0.1", port), timeout=max(1, until - time.monotonic())):
        return


def signed_in(browser: Browser, base: str) -> Page:
    """A page of the administrator, in English and in light colours."""
    context = browser.new_context(
        viewport=SIZE, locale="en-GB", color_scheme="light", reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto(f"{base}/login")
    page.get_by_label("E-mail").fill(people.email_of("administrator"))
    page.get_by_label("Password", exact=True).fill(people.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Messenger").first.wait_for()
    return page


def talk(page: Page, base: str) -> None:
    """A conversation in the Messenger: an order that is on its way, one that nobody knows."""
    page.goto(f"{base}/messenger?bot=1")
    chat = page.get_by_role("region", name="Chat")
    page.get_by_role("button", name="/start").first.click()
    for text, answer in (
        ("Order status", "What is the number"),
        ("4040", "We have no order 4040"),
        ("1001", "is on its way"),
    ):
        page.get_by_role("textbox", name="Message").fill(text)
        page.get_by_role("button", name="Send").click()
        chat.get_by_text(answer).last.wait_for()


def scenario(page: Page, base: str) -> None:
    page.goto(f"{base}/dialog/bot-scenario/1?section=2")
    page.get_by_text("Ask the shop").first.wait_for()


def run(page: Page, base: str) -> None:
    """The run of the demo that asked the shop."""
    page.goto(f"{base}/dialogs")
    page.get_by_text("Ann Lee").first.click()
    page.get_by_role("link", name=re.compile("Run|View")).first.click()
    page.get_by_text("Ask the shop").first.wait_for()


def deliveries(page: Page, base: str) -> None:
    page.goto(f"{base}/deliveries")
    page.get_by_text("message_from_bot").first.wait_for()


SHOTS = {"messenger": talk, "scenario": scenario, "run": run, "deliveries": deliveries}


def main() -> None:
    """Writes docs/images/*.png anew."""
    IMAGES.mkdir(exist_ok=True)
    with instance() as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(timeout=PATIENCE_MS, **launch_options())
        page = signed_in(browser, base)
        for name, show in SHOTS.items():
            show(page, base)
            page.evaluate("document.fonts.ready")
            page.screenshot(path=IMAGES / f"{name}.png")
            say.line(f"docs/images/{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
