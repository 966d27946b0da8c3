"""What is said to be met elsewhere is met there, by the word that is given."""

import ast

import pytest

from tests.contracts.refusals_elsewhere import ELSEWHERE, HOMES
from tools.bootstrap.places import ROOT


@pytest.mark.parametrize(("like", "home"), ELSEWHERE.items())
def test_what_is_shown_elsewhere_is_met_there(like: str, home: tuple[str, str, str]) -> None:
    place, name, word = home
    source = (ROOT / HOMES[place]).read_text()
    found = [n for n in ast.walk(ast.parse(source)) if getattr(n, "name", "") == name]
    assert found, f"{like}: no {name} in {HOMES[place]}"
    assert word in str(ast.get_source_segment(source, found[0])), f"{like}: {name} has no {word}"
