"""The built guide: no dead link, nothing from outside, served at /docs."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import pytest_asyncio

from connective.app import pages
from connective.kit.testing.app_client import Answer, AppClient
from tools.bootstrap.places import ROOT

pytestmark = pytest.mark.xdist_group("guide")
LOADED = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src"}


class Page(HTMLParser):
    """What a page loads, where it leads, and which places it has."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.leads: list[str] = []
        self.places: set[str] = set()
        self.feed(file.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.places.add(given.get("id", ""))
        if tag in LOADED and LOADED[tag] in given:
            self.loads.append(given[LOADED[tag]])
        if tag == "a" and "href" in given:
            self.leads.append(given["href"])


@pytest.fixture(scope="module")
def built(site: Path) -> dict[Path, Page]:
    return {file: Page(file) for file in (site / "docs").rglob("*.html")}


def target(page: Path, address: str) -> Path:
    """The file that a relative address of a page stands for."""
    path = unquote(urlsplit(address).path)
    found = (page.parent / path).resolve() if path else page
    return found / "index.html" if found.is_dir() else found


def dead(built: dict[Path, Page]) -> Iterator[str]:
    for file, page in built.items():
        for address in page.leads:
            parts = urlsplit(address)
            if parts.scheme in ("http", "https", "mailto"):
                continue
            found = target(file, address)
            if not found.is_file():
                yield f"{file}: {address}"
            elif parts.fragment and parts.fragment not in built[found].places:
                yield f"{file}: {address} has no such place"


def test_no_link_of_the_guide_is_dead(built: dict[Path, Page]) -> None:
    assert len(built) > 15
    assert list(dead(built)) == []


def test_the_guide_loads_nothing_from_outside(site: Path, built: dict[Path, Page]) -> None:
    foreign = [
        f"{file}: {address}"
        for file, page in built.items()
        for address in page.loads
        if urlsplit(address).scheme
        or urlsplit(address).netloc
        or not target(file, address).is_file()
    ]
    assert foreign == []
    for style in (site / "docs").rglob("*.css"):
        called = re.findall(r"(?:@import\s+|url\()[\"']?(?:https?:)?//", style.read_text())
        assert called == [], style


def test_every_reader_finds_a_beginning(built: dict[Path, Page], site: Path) -> None:
    index = (site / "docs" / "index.html").read_text("utf-8")
    for reader in ("integrator", "administrator", "analyst", "developer"):
        assert f"<strong>{reader}</strong>" in index
    reached = {
        target(site / "docs" / "index.html", x) for x in built[site / "docs/index.html"].leads
    }
    pages_of_guide = {file for file in built if "guide" in file.parts}
    assert pages_of_guide <= reached


@pytest_asyncio.fixture
async def built_in(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "STATIC", site)


def page_policy(page: Answer) -> dict[str, list[str]]:
    rules = [rule.split() for rule in page.headers["Content-Security-Policy"].split("; ")]
    return {name: sources for name, *sources in rules}


@pytest.mark.proves("P-02", part="guide")
async def test_the_guide_is_served_at_docs(built_in: None, app: AppClient) -> None:
    moved = await app.get("/docs")
    assert (moved.status, moved.headers["location"]) == (308, "/docs/")
    assert "five-minute tour" in (await app.get("/docs/")).text
    policy = page_policy(await app.get("/docs/"))
    assert policy["default-src"] == ["'none'"]
    assert [source for source in policy["script-src"] if not source.startswith("'sha256-")] == [
        "'self'"
    ]
    page = await app.get("/docs/guide/custom-channel/")
    assert page.status == 200
    assert page.headers["content-type"].startswith("text/html")
    assert (await app.get("/docs/guide/no-such-page/")).status == 404


@pytest.mark.parametrize("name", ["README.md", "CHANGELOG.md", "CONTRIBUTING.md"])
def test_what_a_page_of_the_root_points_at_is_there(name: str) -> None:
    found = re.findall(r"\]\(([^)#\s]+)\)", (ROOT / name).read_text("utf-8").replace("\n", " "))
    here = [path for path in found if not urlsplit(path).scheme]
    assert [path for path in here if not (ROOT / path).exists()] == []


def test_the_readme_begins_with_the_two_commands() -> None:
    commands = re.findall(r"^ {4}(make \w+)", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    assert commands[:2] == ["make run", "make test"]
