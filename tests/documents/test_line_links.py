"""Links of the documents to lines of the code lead where they say."""

from pathlib import Path

import pytest

from tools import line_links
from tools.bootstrap.places import DOCS

CODE = (
    'LIMIT: int = 3\n\n\nclass Line:\n    """A line."""\n\n    async def put(self) -> None: ...\n'
)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "code.py").write_text(CODE)
    return tmp_path / "docs" / "page.md"


def test_every_link_to_a_line_leads_to_the_name_it_shows() -> None:
    assert [fault for one in line_links.pages() for fault in line_links.mended(one)[1]] == []
    assert line_links.LINK.search((DOCS / "how-it-works.md").read_text("utf-8"))


@pytest.mark.parametrize(
    ("name", "line"),
    [("LIMIT", 1), ("Line", 4), ("Line.put", 7)],
    ids=["constant", "class", "method"],
)
def test_a_link_is_put_right_after_the_code_moved(page: Path, name: str, line: int) -> None:
    page.write_text(f"See [`{name}`](../code.py#L99).")
    text, faults = line_links.mended(page)
    assert text == f"See [`{name}`](../code.py#L{line})."
    assert faults == [f"page.md: `{name}` stands in line {line}"]


@pytest.mark.parametrize("link", ["[`Gone`](../code.py#L1)", "[`Line`](../gone.py#L4)"])
def test_a_link_to_what_is_not_there_is_a_fault_and_left_as_it_is(page: Path, link: str) -> None:
    page.write_text(link)
    text, faults = line_links.mended(page)
    assert text == link
    assert len(faults) == 1
