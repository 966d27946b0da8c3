"""`--shuffle SEED`: the tests in an order of chance that the number gives again."""

from random import Random

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--shuffle", type=int, metavar="SEED", help="run the tests in the order this number gives"
    )


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Every worker comes to the same order."""
    seed = config.getoption("shuffle")
    if seed is not None:
        Random(seed).shuffle(items)
