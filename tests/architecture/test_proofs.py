"""The report of proofs counts marks of Python and web tests, whole and partial."""

from pathlib import Path

import pytest

from tools import proofs
from tools.proofs import Proof

pytest_plugins = ["pytester"]

ITEMS = {"INT-06": "Custom channel", "SE-02": "Authentication", "SC-01": "Actions"}
PYTHON_TEST = """
import pytest

@pytest.mark.proves("INT-06")
@pytest.mark.parametrize("kind", ["a", "b"])
def test_text_arrives(kind): ...

@pytest.mark.proves("SE-02", part="sessions")
def test_session_ends(): ...
"""
LOOPS = "asyncio_default_fixture_loop_scope = function"
WEB_TEST = """
// proves SE-02 (part: login page)
it("asks for the second factor", () => {});

it("proves nothing", () => {});
"""


def test_the_list_has_every_item_once() -> None:
    rows = proofs.ITEMS.read_text("utf-8").splitlines()
    assert len(rows) == len(proofs.titles()) == 234


def test_items_are_shown_as_proven_partial_and_missing() -> None:
    given = [Proof("INT-06", "a::t"), Proof("SE-02", "b::t", "keys"), Proof("P-04", "c::t")]
    assert list(proofs.report(given, ITEMS)) == [
        "INT-06\tCustom channel\ta::t",
        "SE-02\tAuthentication\tb::t (part: keys)",
        "SC-01\tActions\t-",
        "3 items: 1 proven, 1 in part, 1 missing",
    ]


def test_a_mark_that_names_no_item_is_found() -> None:
    given = [Proof("INT-6", "a::t"), Proof("P-04", "b::t"), Proof("P-12", "c::t")]
    assert [proof.item for proof in proofs.unknown(given, ITEMS)] == ["INT-6", "P-12"]


def test_marks_of_python_tests_are_collected_once_per_function(pytester: pytest.Pytester) -> None:
    pytester.makeini(f"[pytest]\nmarkers = proves\n{LOOPS}")
    pytester.makepyfile(PYTHON_TEST)
    ran = pytester.inline_run("--collect-only", plugins=[collector := proofs.Collector()])
    assert ran.ret == 0
    assert [(p.item, p.test.partition("::")[2], p.part) for p in collector.proofs] == [
        ("INT-06", "test_text_arrives", None),
        ("SE-02", "test_session_ends", "sessions"),
    ]


def test_marks_of_web_tests_are_read_from_their_comments(tmp_path: Path) -> None:
    file = tmp_path / "web/src/features/login/Login.test.tsx"
    file.parent.mkdir(parents=True)
    file.write_text(WEB_TEST)
    test = "web/src/features/login/Login.test.tsx::asks for the second factor"
    assert list(proofs.of_web(tmp_path / "web")) == [Proof("SE-02", test, "login page")]
