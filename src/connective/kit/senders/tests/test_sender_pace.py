"""Token buckets: moments given out ahead of time, per account and per chat."""

from connective.kit.senders.pace import Bucket, Pace
from connective.kit.testing.moving_clock import MovingClock

ACCOUNT = Bucket(30, 1.0, 30)
CHAT = Bucket(1, 1.0, 1)


def test_a_burst_goes_at_once_and_the_next_waits_its_part(moving_clock: MovingClock) -> None:
    pace = Pace()
    waits = [pace.wait_s({"account": ACCOUNT}, most_s=1) for _ in range(31)]
    assert waits[:30] == [0.0] * 30
    assert abs(waits[30] - 1 / 30) < 1e-6


def test_what_has_to_wait_longer_than_it_may_takes_no_moment(moving_clock: MovingClock) -> None:
    pace = Pace()
    asked = {"account": ACCOUNT, "chat": CHAT}
    assert pace.wait_s(asked, most_s=0.5) == 0
    assert [pace.wait_s(asked, most_s=0.5) for _ in range(3)] == [1.0] * 3
    moving_clock.advance(1)
    assert pace.wait_s(asked, most_s=0.5) == 0


def test_chats_do_not_wait_for_each_other(moving_clock: MovingClock) -> None:
    pace = Pace()
    assert [pace.wait_s({f"chat {n}": CHAT}, most_s=0) for n in (1, 2, 1)] == [0.0, 0.0, 1.0]
