"""The clock of a test moves only by the test, and runs again afterwards."""

import time
from datetime import timedelta

import pytest

from connective.kit import clock
from connective.kit.testing.moving_clock import START, MovingClock


def test_the_clock_stands_until_it_is_moved(moving_clock: MovingClock) -> None:
    before = clock.monotonic()
    assert clock.now() == START
    assert moving_clock.advance(90) == START + timedelta(seconds=90) == clock.now()
    assert clock.monotonic() == before + 90


@pytest.mark.parametrize("turn", [1, 2])
def test_real_time_flows_in_a_test_without_the_fixture(turn: int) -> None:
    assert abs(clock.now().timestamp() - time.time()) < 60 * turn
