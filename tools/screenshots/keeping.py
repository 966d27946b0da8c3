"""Where pictures are kept: those of the README as PNG, those of the guide small, as WebP."""

import io

from PIL import Image
from playwright.sync_api import Page

from tools.bootstrap import say
from tools.bootstrap.places import DOCS

IMAGES = DOCS / "images"
QUALITY = 82


def taken(page: Page) -> bytes:
    page.evaluate("document.fonts.ready")
    page.mouse.move(0, 0)
    return page.screenshot()


def keep(picture: bytes, name: str) -> None:
    (IMAGES / f"{name}.png").write_bytes(picture)
    say.line(f"docs/images/{name}.png")


def keep_small(picture: bytes, name: str) -> None:
    with Image.open(io.BytesIO(picture)) as image:
        image.save(IMAGES / f"{name}.webp", quality=QUALITY, method=6)
    say.line(f"docs/images/{name}.webp")
