"""Texts lose their markup and keep their words; long ones are cut where a reader pauses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connective.kit.wording import pieces, plain, shortened


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("<b>Hi</b> there", "Hi there"),
        ('<a href="https://a.example">here</a>', "here (https://a.example)"),
        ('<a href="https://a.example">https://a.example</a>', "https://a.example"),
        ("1 &lt; 2 &amp; 3", "1 < 2 & 3"),
        ("a<br>b", "a\nb"),
        ("<b>open", "open"),
        ("2 < 3", "2 < 3"),
    ],
)
def test_markup_is_taken_out(marked: str, expected: str) -> None:
    assert plain(marked) == expected


@given(st.text(alphabet="ab .!\n", max_size=200), st.integers(min_value=1, max_value=40))
def test_pieces_fit_and_hold_every_letter(text: str, limit: int) -> None:
    parts = pieces(text, limit)
    assert all(0 < len(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One two.\n\nThree four five", ["One two.", "Three four", "five"]),
        ("One is. Two is. End", ["One is.", "Two is. End"]),
        ("abcdefghijklmnop", ["abcdefghijkl", "mnop"]),
    ],
)
def test_a_text_is_cut_at_the_best_seam(text: str, expected: list[str]) -> None:
    assert pieces(text, 12) == expected


def test_a_short_name_stays_and_a_long_one_ends_at_a_word() -> None:
    assert shortened("Ann", 28) == "Ann"
    assert shortened("Ivan Petrenko of the shop", 16) == "Ivan Petrenko…"
    assert shortened("x" * 40, 28) == "x" * 27 + "…"
