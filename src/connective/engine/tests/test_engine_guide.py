"""The guide to blocks names every kind, option, filter and pure action."""

import re
from pathlib import Path
from typing import Any

import msgspec
import pytest

from connective.engine.actions import PURE
from connective.engine.conditions import OPS
from connective.engine.filters import FILTERS
from connective.engine.nodes import KINDS

ROOT = next(p for p in Path(__file__).parents if (p / "pyproject.toml").is_file())
GUIDE = (ROOT / "docs" / "guide" / "scenarios" / "nodes.md").read_text("utf-8")


def section(title: str) -> str:
    return GUIDE.split(f"\n## {title}\n")[1].split("\n## ")[0]


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_a_kind_and_its_options_are_described(kind: Any) -> None:
    words = set(re.findall(r"`(\w+)`", section(kind.type)))
    names = {field.name for field in msgspec.structs.fields(kind.options)}
    assert names <= words | {"values"}


@pytest.mark.parametrize("spec", PURE.values(), ids=list(PURE))
def test_a_pure_action_is_described_with_its_required_parameters(spec: Any) -> None:
    row = next(line for line in GUIDE.splitlines() if line.startswith(f"| `{spec.id}` |"))
    for name in spec.params["properties"]:
        mark = r"`\*" if name in spec.params["required"] else "`"
        assert f"`{name}{mark}" in row, name


def test_filters_and_operations_are_described() -> None:
    placeholders = section("Placeholders")
    assert all(f"\\|{name}" in placeholders for name in FILTERS)
    assert all(f"`{name}`" in section("router") for name in OPS)
