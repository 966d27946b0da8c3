"""Addresses that authors write: what can be known of them before placeholders are filled."""

import re
from typing import Final

from connective.engine.graph import variants
from connective.engine.kind import Issue
from connective.engine.speech import SpeechOptions
from connective.engine.template import ANY_PLACE

_WHOLE: Final = re.compile(r"https?://[^\s/?#]+[^\s]*", re.IGNORECASE)
_SCHEME: Final = re.compile(r"https?://", re.IGNORECASE)


def has_scheme(url: str) -> bool:
    """Begins with http:// or https://, or with a placeholder that may."""
    return url.startswith("{{") or _SCHEME.match(url) is not None


def is_url(url: str) -> bool:
    """An address, as far as its placeholders let one see."""
    if url.startswith("{{"):
        return True
    return _WHOLE.fullmatch(ANY_PLACE.sub("x", url)) is not None


def file_issues(options: SpeechOptions) -> list[Issue]:
    """What is wrong with the files of a saying block."""
    found: list[Issue] = []
    for index, file in enumerate(options.attachments):
        path = f"attachments[{index}]"
        urls = [url for url in variants(file.url) if url]
        if not urls and not file.file_id:
            found.append(Issue("required_empty", f"{path}.url", {"field": "url"}))
        found += [Issue("bad_url", f"{path}.url", {"url": u[:100]}) for u in urls if not is_url(u)]
    return found
