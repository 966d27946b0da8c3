"""Texts for channels that show no markup, or take only short ones. Pure."""

import re
from html.parser import HTMLParser

# Where a text is best cut, the best first: a paragraph, a line, a sentence, a word.
_SEAMS = ("\n\n", "\n", re.compile(r"(?<=[.!?…])\s"), re.compile(r"\s"))
# A piece shorter than this part of the limit is worse than a cut at a less good place.
_LEAST = 0.5


class _Plain(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._links: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._links.append((dict(attrs).get("href") or "", len(self.parts)))
        elif tag == "br":
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag != "a" or not self._links:
            return
        address, start = self._links.pop()
        if address and address != "".join(self.parts[start:]).strip():
            self.parts.append(f" ({address})")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def plain(marked: str) -> str:
    """The text of the few tags that messages may have: links become `text (address)`."""
    parser = _Plain()
    parser.feed(marked)
    parser.close()
    return "".join(parser.parts)


def pieces(text: str, limit: int) -> list[str]:
    """The text in parts of at most `limit` characters, cut where a reader would pause."""
    found: list[str] = []
    while len(text) > limit:
        end = _end(text, limit)
        found.append(text[:end].rstrip())
        text = text[end:].lstrip()
    return [part for part in (*found, text) if part]


def _end(text: str, limit: int) -> int:
    head = text[: limit + 1]
    for seam in _SEAMS:
        if isinstance(seam, str):
            place = head.rfind(seam)
        else:
            place = max((m.start() for m in seam.finditer(head)), default=-1)
        if place >= limit * _LEAST:
            return place
    return limit


def shortened(text: str, limit: int) -> str:
    """The text, or as many whole words of it as fit, with an ellipsis."""
    if len(text) <= limit:
        return text
    head = text[:limit]
    whole = head.rpartition(" ")[0] if " " in head[limit // 2 :] else head[: limit - 1]
    return whole[: limit - 1].rstrip() + "…"
