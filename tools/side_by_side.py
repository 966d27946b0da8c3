"""One picture of two windows."""

import base64

from playwright.sync_api import Browser, Page

GAP = 28
_SHEET = """
<style>
  body {{ margin: 0; padding: {gap}px; display: flex; gap: {gap}px; width: max-content;
          background: #e9e8e4; }}
  img {{ border-radius: 10px; box-shadow: 0 2px 16px #0003; }}
</style>
{images}
"""


def side_by_side(browser: Browser, left: Page, right: Page) -> bytes:
    """Both pages as they are now, with a little room around them."""
    images = "".join(
        f'<img src="data:image/png;base64,{base64.b64encode(page.screenshot()).decode()}">'
        for page in (left, right)
    )
    sheet = browser.new_page()
    sheet.set_content(_SHEET.format(gap=GAP, images=images))
    picture = sheet.locator("body").screenshot()
    sheet.close()
    return picture
