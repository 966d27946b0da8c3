"""Numbers as people write them."""

import pytest

from connective.kit import measures


@pytest.mark.parametrize(
    ("count", "english", "ukrainian"),
    [
        (0, "0 B", "0 Б"),
        (999, "999 B", "999 Б"),
        (1_550, "1.6 KB", "1,6 КБ"),
        (258_019_000_000, "258 GB", "258 ГБ"),
        (5 * 10**16, "50,000 TB", "50\u00a0000 ТБ"),
    ],
)
def test_a_size_has_the_unit_that_keeps_it_short(count: int, english: str, ukrainian: str) -> None:
    assert measures.size("en", count) == english
    assert measures.size("uk", count) == ukrainian


@pytest.mark.parametrize(
    ("seconds", "english", "ukrainian"),
    [
        (0, "0 s", "0 с"),
        (0.06, "60 ms", "60 мс"),
        (3.0, "3 s", "3 с"),
        (90, "1.5 min", "1,5 хв"),
        (7_200, "2 h", "2 год"),
        (20 * 86_400, "20 d", "20 дн"),
    ],
)
def test_a_span_has_the_unit_that_keeps_it_short(
    seconds: float, english: str, ukrainian: str
) -> None:
    assert measures.span("en", seconds) == english
    assert measures.span("uk", seconds) == ukrainian


def test_facts_are_told_by_their_names() -> None:
    facts = {"free_bytes": 2_000_000, "oldest_seconds": 24, "waiting": 12_345, "where": "file"}
    told = {"free_bytes": "2 MB", "oldest_seconds": "24 s", "waiting": "12,345", "where": "file"}
    assert measures.told("en", facts) == told
