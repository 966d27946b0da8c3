"""The page where a client says that he does not want to be written to any more."""

import html
from typing import Literal

from starlette.responses import Response

from connective.kit import i18n
from connective.kit.http.small_page import small_page


def page(language: str, what: Literal["ask", "done", "unknown"]) -> Response:
    title = i18n.text(language, f"farewell.{what}_title")
    text = i18n.text(language, f"farewell.{what}_text")
    button = html.escape(i18n.text(language, "farewell.button"))
    form = f'<form method="post"><button type="submit">{button}</button></form>'
    status = 404 if what == "unknown" else 200
    return small_page(language, title, text, form if what == "ask" else "", status=status)
