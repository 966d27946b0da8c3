"""A clock that was set back is noticed, and once more for what was under way then."""

from datetime import timedelta

import pytest

from connective.kit import clock
from connective.kit.testing.moving_clock import MovingClock


def test_a_clock_set_back_is_said_twice_and_no_more(
    moving_clock: MovingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = clock.Watch()
    assert not watch.set_back()
    whole = clock.now
    monkeypatch.setattr(clock, "now", lambda: whole() - timedelta(hours=1))
    said = [watch.set_back()]
    for seconds in (0, clock.Watch.AGAIN_S - 1, 1, 1, 3600):
        moving_clock.advance(seconds)
        said.append(watch.set_back())
    assert said == [True, False, False, True, False, False]


def test_a_clock_that_only_goes_on_is_not_noticed(moving_clock: MovingClock) -> None:
    watch = clock.Watch()
    for seconds in (0, 1, 3600):
        moving_clock.advance(seconds)
        assert not watch.set_back()
