"""A small page for people who are nobody's users: a title, a sentence, something to press."""

import html
from typing import Final

from starlette.responses import HTMLResponse

HEADERS: Final = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
}
_PAGE: Final = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><style>
:root {{ color-scheme: light dark; }}
body {{ margin: 0; min-height: 100vh; display: grid; place-items: center; text-align: center;
  font: 16px/1.5 system-ui, sans-serif; background: light-dark(#f4f6f8, #14171a);
  color: light-dark(#1c2024, #e6e9ec); }}
main {{ box-sizing: border-box; width: min(26rem, 100% - 2rem); margin: 1rem auto;
  padding: 2rem 1.5rem; border-radius: 1rem; background: light-dark(#fff, #1f2428); }}
h1 {{ font-size: 1.25rem; margin: 0 0 .5rem; overflow-wrap: anywhere; }}
p {{ margin: .5rem 0; }}
a, button {{ display: inline-block; margin: 1rem 0; padding: .7rem 1.4rem; border: 0;
  border-radius: .6rem; background: #0b6bcb; color: #fff; font: inherit; font-weight: 600;
  text-decoration: none; cursor: pointer; }}
svg {{ width: 12rem; height: 12rem; border-radius: .5rem; }}
code {{ display: block; padding: .7rem; border-radius: .5rem; overflow-wrap: anywhere;
  user-select: all; background: light-dark(#eef1f4, #14171a); }}
</style></head><body><main><h1>{title}</h1><p>{text}</p>{content}</main></body></html>
"""


def small_page(
    language: str, title: str, text: str, content: str = "", *, status: int = 200
) -> HTMLResponse:
    """`title` and `text` are plain; `content` is HTML and stands below them."""
    made = _PAGE.format(
        language=language, title=html.escape(title), text=html.escape(text), content=content
    )
    return HTMLResponse(made, status, headers=HEADERS)
