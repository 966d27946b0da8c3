"""Texts for channels that show no markup, or take only short ones. Pure."""

import html
import re
from collections.abc import Collection
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


# Other names of the same marks.
_SAME = {"strong": "b", "em": "i", "ins": "u", "strike": "s", "del": "s"}
_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:)[^\s<>]+", re.IGNORECASE)


class _Tidy(HTMLParser):
    """Writes the marks that are allowed anew, closed in their order; the rest is text."""

    def __init__(self, allowed: Collection[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.open: list[str] = []
        self._allowed = allowed

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag = _SAME.get(tag, tag)
        if tag == "br":
            self.parts.append("\n")
        elif tag == "a" and tag in self._allowed:
            address = (dict(attrs).get("href") or "").strip()
            if _ADDRESS.fullmatch(address):
                self._begin(tag, f'<a href="{html.escape(address)}">')
        elif tag in self._allowed:
            self._begin(tag, f"<{tag}>")

    def _begin(self, tag: str, written: str) -> None:
        self.open.append(tag)
        self.parts.append(written)

    def handle_endtag(self, tag: str) -> None:
        tag = _SAME.get(tag, tag)
        if tag not in self.open:
            return
        self.close_down_to(len(self.open) - 1 - self.open[::-1].index(tag))

    def close_down_to(self, place: int) -> None:
        while len(self.open) > place:
            self.parts.append(f"</{self.open.pop()}>")

    def handle_data(self, data: str) -> None:
        self.parts.append(html.escape(data, quote=False))


def tidy(marked: str, allowed: Collection[str]) -> str:
    """The text with these marks alone, all closed; links lead to pages, mail and phones."""
    parser = _Tidy(allowed)
    parser.feed(marked)
    parser.close()
    parser.close_down_to(0)
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
