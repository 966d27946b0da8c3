"""`make screenshots`: writes docs/images anew; `python -m tools.screenshots links` only some."""

import sys

from playwright.sync_api import Browser, sync_playwright

from tools.browser import launch_options
from tools.screenshots import conversations, integrations, pages
from tools.screenshots.demo import PATIENCE_MS, SIZE, Demo, demo, signed_in
from tools.screenshots.keeping import IMAGES, keep, keep_small, taken
from tools.side_by_side import side_by_side


def main(wanted: list[str]) -> None:
    """Of the guide's small pictures those that are wanted; everything when none is named."""
    IMAGES.mkdir(exist_ok=True)
    with demo() as shop, sync_playwright() as playwright:
        browser = playwright.chromium.launch(timeout=PATIENCE_MS, **launch_options())
        if not wanted:
            conversation_pictures(browser, shop.base)
        guide_pictures(browser, shop, wanted)
        browser.close()


def conversation_pictures(browser: Browser, base: str) -> None:
    page = signed_in(browser, base)
    for name, show in conversations.SHOTS.items():
        show(page, base)
        keep(taken(page), name)
    conversations.others_ask(page, base)
    conversations.queue(page, base)
    keep(taken(page), "queue")
    client = signed_in(browser, base, "integrator", width=480)
    operator = signed_in(browser, base, "operator", width=1120)
    conversations.panel(client, operator, base)
    keep(side_by_side(browser, client, operator), "both-sides")
    operator.set_viewport_size(SIZE)
    keep(taken(operator), "panel")
    conversations.team(page, base)
    keep(taken(page), "team")


def guide_pictures(browser: Browser, shop: Demo, wanted: list[str]) -> None:
    page = signed_in(browser, shop.base, width=integrations.WIDTH, height=integrations.HEIGHT)
    integrations.prepare(page, shop)
    for name, show in (*integrations.SHOTS.items(), *pages.SHOTS.items()):
        if not wanted or name in wanted:
            show(page, shop)
            keep_small(taken(page), name)


if __name__ == "__main__":
    main(sys.argv[1:])
