"""Texts and patterns made to keep a reader busy for ever take as long as others of their length."""

import time

import pytest

from connective.engine import patterns
from connective.engine.template import ANY_PLACE, Names, compiled, show

PROMPT_S = 1.0
LONG = 20_000
OPEN = {
    "filters apart": "{{a" + ("|b" + " " * 40) * 200,
    "filters with arguments": "{{a" + "|b: c " * 3000,
    "quotes": '{{a|b:"' * 3000,
    "spaces": "{{a" + " " * LONG,
    "places in one another": "{{" * (LONG // 2),
    "places begun": "{{a " * (LONG // 4),
    "a long name": "{{" + "a" * LONG,
}
# What a backtracking engine would try in more ways than there are atoms.
GREEDY = ("(a+)+$", "(a|a)*b", "(.*a){20}b", "^(([a-z])+.)+[A-Z]([a-z])+$", "(a?){200}a{200}")


@pytest.mark.parametrize("name", OPEN)
def test_what_is_left_open_is_a_text(name: str) -> None:
    began = time.process_time()
    raw = OPEN[name]
    assert show(compiled(raw), Names({})) == raw
    assert ANY_PLACE.search(raw) is None
    assert time.process_time() - began < PROMPT_S


@pytest.mark.parametrize("source", GREEDY)
def test_an_authors_pattern_takes_linear_time(source: str) -> None:
    began = time.process_time()
    found = patterns.pattern(source)
    assert found is not None
    found.search("a" * LONG + "!")
    assert time.process_time() - began < PROMPT_S


@pytest.mark.parametrize("source", ["(a{1000}){1000}", "a" * (patterns.MAX_PATTERN + 1), "(" * 900])
def test_a_pattern_that_would_take_much_room_is_none(source: str) -> None:
    assert patterns.pattern(source) is None
