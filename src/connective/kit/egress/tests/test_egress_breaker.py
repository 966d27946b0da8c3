"""The circuit breaker per host."""

import pytest

from connective.kit.egress import Breaker, BreakerOpen
from connective.kit.egress.breaker import FAILURES, PAUSE_S


class Hand:
    """A clock moved by hand."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


def opened(hand: Hand) -> Breaker:
    breaker = Breaker(monotonic=hand)
    for _ in range(FAILURES):
        breaker.enter("a:443")
        breaker.failed("a:443")
    return breaker


@pytest.mark.proves("INT-08", part="circuit breaker")
def test_twenty_failures_in_a_row_refuse_the_host_for_sixty_seconds() -> None:
    hand = Hand()
    breaker = opened(hand)
    hand.at += PAUSE_S - 1
    with pytest.raises(BreakerOpen) as refused:
        breaker.enter("a:443")
    assert refused.value.retry_in_s == 1
    breaker.enter("b:443")
    hand.at += 1
    breaker.enter("a:443")


def test_a_success_between_failures_starts_the_count_again() -> None:
    breaker = Breaker(monotonic=Hand())
    for _ in range(FAILURES - 1):
        breaker.failed("a:443")
    breaker.succeeded("a:443")
    breaker.failed("a:443")
    breaker.enter("a:443")


def test_after_the_pause_one_call_probes_and_decides() -> None:
    hand = Hand()
    breaker = opened(hand)
    hand.at += PAUSE_S
    breaker.enter("a:443")
    with pytest.raises(BreakerOpen):
        breaker.enter("a:443")
    breaker.failed("a:443")
    with pytest.raises(BreakerOpen):
        breaker.enter("a:443")
    hand.at += PAUSE_S
    breaker.enter("a:443")
    breaker.succeeded("a:443")
    breaker.enter("a:443")
    breaker.enter("a:443")


def test_a_probe_that_was_given_up_lets_the_next_one_try() -> None:
    hand = Hand()
    breaker = opened(hand)
    hand.at += PAUSE_S
    breaker.enter("a:443")
    breaker.left("a:443")
    breaker.enter("a:443")
