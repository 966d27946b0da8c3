"""The order of a shuffled run is told by its number alone."""

from types import SimpleNamespace
from typing import Any

from connective.kit.testing.shuffle import pytest_collection_modifyitems


def order(seed: int | None) -> list[int]:
    items: list[Any] = list(range(50))
    config: Any = SimpleNamespace(getoption={"shuffle": seed}.get)
    pytest_collection_modifyitems(config, items)
    return items


def test_a_number_gives_its_order_again_and_another_number_another() -> None:
    assert order(7) == order(7) != order(8)
    assert sorted(order(7)) == order(None)
