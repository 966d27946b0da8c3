"""The guide's pages on integrations and channels name what stands in the interface."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.bootstrap.places import DOCS, ROOT

GUIDE = DOCS / "guide"
PAGES = sorted((*(GUIDE / "integrations").glob("*.md"), *(GUIDE / "channels").glob("*.md")))
CATALOGUES = (*ROOT.glob("web/src/i18n/en/*.json"), *ROOT.glob("src/**/locale/en.json"))
CODE = re.compile(r"```.*?```|``.*?``|`[^`\n]*`", re.DOTALL)
BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
STEP = re.compile(r"\s*(?:->|→)\s*")
PLACE = re.compile(r"\{\{.*?\}\}")
# Buttons of other systems, texts with a name put in, and words that are only stressed.
ELSEWHERE = {
    "api.md": {"Authorize", "Counters", "Who looks and who writes"},
    "channel-kit.md": {"Passed", "Not seen", "failed"},
    "crm-widget.md": {
        "Setup",
        "Developer Hub",
        "Functions",
        "Widgets",
        "Create new widget",
        "Add related list",
    },
    "esputnik.md": {"My bots", "Connect Telegram bot"},
    "telegram.md": {"Connect Telegram"},
    "utm.md": {"A link with a code", "A value in the address", "The page of a link", "The panel"},
    "zoho.md": {"Server-based application"},
}


def texts(inner: object) -> Iterator[str]:
    if isinstance(inner, dict):
        for part in inner.values():
            yield from texts(part)
    else:
        yield str(inner)


@pytest.fixture(scope="module")
def shown() -> set[str]:
    """Whatever the interface says; a text with places for values is what it says around them."""
    words = {text for one in CATALOGUES for text in texts(json.loads(one.read_text()))}
    return {plain(part) for text in words for part in (text, PLACE.sub("", text))}


def plain(text: str) -> str:
    return text.strip(" .…").lower()


def words_of(page: Path) -> Iterator[str]:
    for bold in BOLD.findall(CODE.sub("", page.read_text())):
        yield from STEP.split(" ".join(bold.split()))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_words_in_bold_stand_in_the_interface(page: Path, shown: set[str]) -> None:
    named = set(words_of(page)) - ELSEWHERE.get(page.name, set())
    assert [word for word in sorted(named) if plain(word) not in shown] == []
