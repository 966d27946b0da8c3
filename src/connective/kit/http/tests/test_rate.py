"""Counting calls by caller: whose minute is over begins anew, and no crowd fills the memory."""

import pytest

from connective.kit import errors
from connective.kit.http import rate
from connective.kit.testing.moving_clock import MovingClock


def test_a_minute_has_so_many_calls_and_the_next_one_as_many(moving_clock: MovingClock) -> None:
    limiter = rate.Limiter()
    assert [limiter.count("a", 2).remaining for _ in range(4)] == [1, 0, -1, -1]
    with pytest.raises(errors.TooManyRequests):
        rate.take(limiter, "a", 2)
    assert rate.take(limiter, "b", 2).remaining == 1
    moving_clock.advance(rate.WINDOW_S)
    assert limiter.count("a", 2).remaining == 1


def test_no_crowd_of_callers_takes_more_room_than_there_is(moving_clock: MovingClock) -> None:
    limiter = rate.Limiter()
    limiter.count("early", 1)
    for number in range(rate.KEEP + 500):
        limiter.count(str(number), 1)
    assert len(limiter._windows) == rate.KEEP  # noqa: SLF001
    # whoever came last is still remembered
    assert limiter.count(str(rate.KEEP + 499), 1).remaining == -1
    assert limiter.count("early", 1).remaining == 0
