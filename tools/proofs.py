"""`make proofs`: every numbered behaviour of the product, with the tests that prove it."""

import contextlib
import io
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tools.bootstrap.places import ROOT, WEB

ITEMS = ROOT / "tests" / "spec_items.tsv"
PLATFORM = re.compile(r"P-(0\d|1[01])")
# a web test says it in a comment above itself: `// proves SE-20`, `// proves SE-02 (part: TOTP)`
WEB_MARK = re.compile(
    r"//\s*proves\s+(?P<item>[A-Z]+-\d+)(?:\s*\(part:\s*(?P<part>[^)]+)\))?"
    r"(?:\s*\n\s*//[^\n]*)*\s*\n\s*(?:it|test)(?:\.each\([^)]*\))?\(\s*(?P<q>[\"'`])(?P<title>.*?)(?P=q)"
)


class Proof(NamedTuple):
    """One test that proves an item, whole or a named part of it."""

    item: str
    test: str
    part: str | None = None


class Collector:
    """A pytest plugin that keeps the `proves` marks of everything collected."""

    def __init__(self) -> None:
        self.proofs: list[Proof] = []
        self.failures: list[str] = []

    def pytest_itemcollected(self, item: pytest.Item) -> None:
        test = item.nodeid.partition("[")[0]
        for mark in item.iter_markers("proves"):
            proofs = (Proof(one, test, mark.kwargs.get("part")) for one in mark.args)
            self.proofs.extend(proof for proof in proofs if proof not in self.proofs)


def of_python(arguments: list[str]) -> Collector:
    """The marks of the Python tests; nothing is run."""
    collector = Collector()
    with contextlib.redirect_stdout(io.StringIO()) as said:
        code = pytest.main(["--collect-only", "-q", *arguments], plugins=[collector])
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        collector.failures.append(said.getvalue().strip())
    return collector


def of_web(folder: Path) -> Iterator[Proof]:
    """The marks of the web app's tests."""
    for file in sorted(folder.glob("src/**/*.test.ts*")):
        for found in WEB_MARK.finditer(file.read_text("utf-8")):
            name = file.relative_to(folder.parent).as_posix()
            yield Proof(found["item"], f"{name}::{found['title']}", found["part"])


def titles() -> dict[str, str]:
    """The product's numbered behaviours, id to title."""
    rows = ITEMS.read_text("utf-8").splitlines()
    return dict(row.split("\t", 1) for row in rows)


def unknown(proofs: list[Proof], items: dict[str, str]) -> list[Proof]:
    """Marks that name no item; the platform's own P-01 to P-11 are known, but not counted."""
    return [p for p in proofs if p.item not in items and not PLATFORM.fullmatch(p.item)]


def report(proofs: list[Proof], items: dict[str, str]) -> Iterator[str]:
    """A line per item, then the totals."""
    by_item: dict[str, list[Proof]] = defaultdict(list)
    for proof in proofs:
        by_item[proof.item].append(proof)
    for item, title in items.items():
        shown = [f"{p.test} (part: {p.part})" if p.part else p.test for p in by_item[item]]
        yield f"{item}\t{title}\t{', '.join(shown) or '-'}"
    proven = sum(any(not p.part for p in by_item[item]) for item in items)
    partial = sum(bool(by_item[item]) for item in items) - proven
    missing = len(items) - proven - partial
    yield f"{len(items)} items: {proven} proven, {partial} in part, {missing} missing"


def main() -> int:
    """Exit code 1 when tests cannot be collected or a mark names no item."""
    python, items = of_python([]), titles()
    proofs = [*python.proofs, *of_web(WEB)]
    sys.stdout.write("\n".join(report(proofs, items)) + "\n")
    wrong = [f"{p.test} proves {p.item}, which is no item" for p in unknown(proofs, items)]
    for line in (*python.failures, *wrong):
        sys.stderr.write(line + "\n")
    return bool(python.failures or wrong)


if __name__ == "__main__":
    sys.exit(main())
