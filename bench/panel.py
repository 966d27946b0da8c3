"""The panel in a real browser: from opening the list to its rows, from a message to its place.

The list is that of an operator of one of two skill groups. Each opening has a profile of its own,
so nothing is cached. The message is written in the request that was spoken in longest ago.
"""

import itertools
import statistics
import time
from typing import Any

import msgspec
from playwright.async_api import Browser, Page, async_playwright

from bench import instance, lists
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.people import COOKIE
from tools.browser import launch_options

LIST = "/operator_panel/requests?folder=all"
ROW = "a[role=option]"
PATIENCE_MS = 30_000
OPENINGS = 7
MESSAGES = 10
# When the first rows were painted, by the clock of the page: two frames after they were there.
_NOTE = """
new MutationObserver((_, watching) => {
  if (!document.querySelector("a[role=option]")) return;
  watching.disconnect();
  requestAnimationFrame(() => requestAnimationFrame(() => { window.painted = performance.now(); }));
}).observe(document, { childList: true, subtree: true });
"""
_PAINTED = """
new Promise(done => {
  const look = () => window.painted ? done(window.painted) : requestAnimationFrame(look);
  look();
})
"""
# Requests that nobody has and the operator's group serves, the longest silent first.
_LAST = """
WITH last AS (
  SELECT id, dialog_id FROM requests WHERE state = 'new' AND group_ids = '{1}'
  ORDER BY last_message_at, id LIMIT $1
), held AS (
  UPDATE dialogs d SET owner = 'queue', request_id = last.id FROM last
  WHERE d.id = last.dialog_id RETURNING d.chat_id, last.id
)
SELECT id, chat_id FROM held ORDER BY id
"""


class Found(msgspec.Struct):
    """Milliseconds to the first rows of each opening, and from a message's POST to the top."""

    painted_ms: list[float] = msgspec.field(default_factory=list)
    risen_ms: list[float] = msgspec.field(default_factory=list)

    def p50(self, of: str) -> float:
        middle: float = statistics.median(getattr(self, of))
        return middle

    def worst(self, of: str) -> float:
        worst: float = max(getattr(self, of))
        return worst


async def measure(*, dialogs: int, messages: int) -> Found:
    found = Found()
    async with lists.place(dialogs=dialogs, messages=messages) as place, async_playwright() as play:
        browser = await play.chromium.launch(**launch_options())
        async with instance.sql(place.dsn) as db:
            silent = await db.fetch(_LAST, MESSAGES)
        for _ in range(OPENINGS + 1):
            page = await _opened(browser, place)
            found.painted_ms.append(await page.evaluate(_PAINTED))
            await page.context.close()
        found.painted_ms.pop(0)  # the server's first answers, the browser's first page
        page = await _opened(browser, place)
        await _settled(page)
        await _rises(page, place, silent, found)
        await browser.close()
    return found


async def _opened(browser: Browser, place: lists.Place) -> Page:
    url = f"http://127.0.0.1:{place.port}"
    context = await browser.new_context(viewport={"width": 1440, "height": 900})
    context.set_default_timeout(PATIENCE_MS)
    await context.add_init_script(_NOTE)
    cookie = place.person.client.headers["Cookie"].removeprefix(f"{COOKIE}=")
    await context.add_cookies([{"name": COOKIE, "value": cookie, "url": url}])
    page = await context.new_page()
    await page.goto(url + LIST)
    await page.wait_for_selector(ROW)
    return page


async def _settled(page: Page) -> None:
    """The socket is open and the pointer is away from the list, which would hold it still."""
    await page.mouse.move(1400, 880)
    await page.wait_for_load_state("networkidle")


async def _rises(page: Page, place: lists.Place, silent: list[Any], found: Found) -> None:
    numbers = itertools.count(1)
    async with AppClient(f"http://127.0.0.1:{place.port}") as partner:
        for row in silent:
            message = {
                "from": {"id": "bench", "first_name": "Ann"},
                "chat": {"id": row["chat_id"]},
                "text": "Is anybody there?",
            }
            began = time.perf_counter()
            answer = await partner.post(
                place.hook, {"update_id": f"panel-{next(numbers)}", "message": message}
            )
            if answer.status != 200:
                raise RuntimeError(answer.text)
            await page.wait_for_selector(f"{ROW}[data-index='0'][data-request='{row['id']}']")
            found.risen_ms.append((time.perf_counter() - began) * 1000)
