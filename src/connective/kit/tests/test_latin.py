"""Latin spelling of names."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connective.kit.latin import code, latin


@pytest.mark.parametrize(
    ("name", "spelled"),
    [
        ("Згурський Юрій", "zghurskyi yurii"),
        ("Єнакієве", "yenakiieve"),
        ("Їжакевич", "yizhakevych"),
        ("Знам’янка", "znamianka"),
        ("Щербухи, Гоща", "shcherbukhy, hoshcha"),
        ("Žluťoučký café Łódź", "zlutoucky cafe lodz"),
    ],
)
def test_ukrainian_and_other_names_are_spelled_in_latin(name: str, spelled: str) -> None:
    assert latin(name) == spelled


@given(st.text(max_size=60))
def test_a_code_is_made_of_its_letters_only(name: str) -> None:
    assert re.fullmatch(r"[a-z0-9_]{0,40}", code(name, longest=40))
