"""Examples are programs of others: they know Connective by its documents alone."""

import ast
from pathlib import Path

import pytest

from tools.bootstrap.places import ROOT

SOURCES = sorted((ROOT / "examples").rglob("*.py"))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_an_example_imports_nothing_of_the_product(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    names = {
        name.name if isinstance(node, ast.Import) else str(node.module)
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in node.names
    }
    assert not {name for name in names if name.partition(".")[0] in ("connective", "tools")}
