"""What a visitor of a link's page gets.

A way on to the messenger; a page with a button and a drawn code where the device has no messenger;
a friendly word that the link is no more.
"""

import html
from typing import Final

from starlette.responses import RedirectResponse, Response

from connective.kit import i18n
from connective.kit.http.small_page import HEADERS, small_page
from connective.modules.links.service.clicking import Visit

PHONES: Final = ("android", "iphone", "ipad", "mobile")


def answer(found: Visit | None, language: str, *, agent: str) -> Response:
    """`agent` is the browser's own word for itself: telephones have the messenger."""
    if found is None:
        return _page(language, "gone", status=404)
    if found.url is None:
        text = f"<code>{html.escape(found.start_text)}</code>"
        return _page(language, "write", text, name=found.name)
    phone = any(word in agent.lower() for word in PHONES)
    if phone or not found.needs_application:
        return RedirectResponse(found.url, 302, headers=HEADERS)
    button = html.escape(i18n.text(language, "link_pages.open_button"))
    scan = html.escape(i18n.text(language, "link_pages.or_scan"))
    content = f'<a href="{html.escape(found.url)}">{button}</a><p>{scan}</p>{found.qr_svg}'
    return _page(language, "open", content, name=found.name)


def _page(
    language: str, what: str, content: str = "", *, status: int = 200, name: str = ""
) -> Response:
    title = i18n.text(language, f"link_pages.{what}_title", name=name)
    text = i18n.text(language, f"link_pages.{what}_text", name=name)
    return small_page(language, title, text, content, status=status)
