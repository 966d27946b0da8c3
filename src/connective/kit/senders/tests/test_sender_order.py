"""Order in a lane: the head holds it, for a bounded time; other lanes never wait."""

from datetime import timedelta

import pytest

from connective.kit.senders.sender import Sender
from connective.kit.testing.ledger import Ledger
from connective.kit.testing.moving_clock import MovingClock
from connective.kit.testing.receiver import Receiver

pytestmark = [
    pytest.mark.proves("P-07", part="order"),
    pytest.mark.proves("INT-06", part="delivery"),
    pytest.mark.proves("INT-14", part="order"),
]


def sent(receiver: Receiver, lane: str = "chat") -> list[int]:
    return [r.json["sequence"] for r in receiver.requests if r.json["lane"] == lane]


async def test_a_lane_is_sent_in_order_however_many_wait(
    ledger: Ledger, sender: Sender, receiver: Receiver, moving_clock: MovingClock
) -> None:
    endpoint = await ledger.endpoint(receiver.url)
    await ledger.send(endpoint, 35, lane="a")
    await ledger.send(endpoint, 12, lane="b")
    await sender.run_once()
    assert sent(receiver, "a") == list(range(1, 36))
    assert sent(receiver, "b") == list(range(1, 13))


async def test_a_failing_head_holds_its_own_lane_only(
    ledger: Ledger, sender: Sender, receiver: Receiver, moving_clock: MovingClock
) -> None:
    endpoint = await ledger.endpoint(receiver.url)
    receiver.answer(500, path="/")
    await ledger.send(endpoint, 3)
    await sender.run_once()
    await ledger.send(endpoint, 2, lane="other")
    await sender.run_once()
    assert sent(receiver) == [1]
    assert sent(receiver, "other") == [1, 2]
    moving_clock.advance(5)
    await sender.run_once()
    assert sent(receiver) == [1, 1, 2, 3]


async def test_what_is_written_while_the_head_fails_waits_behind_it(
    ledger: Ledger, sender: Sender, receiver: Receiver, moving_clock: MovingClock
) -> None:
    endpoint = await ledger.endpoint(receiver.url)
    receiver.answer(500, times=2)
    await ledger.send(endpoint)
    await sender.run_once()
    await ledger.send(endpoint, 2)
    assert await sender.run_once() == 0
    moving_clock.advance(5)
    await sender.run_once()
    moving_clock.advance(30)
    await sender.run_once()
    assert sent(receiver) == [1, 1, 1, 2, 3]


async def test_after_the_hold_the_head_is_parked_and_the_lane_goes_on(
    ledger: Ledger, sender: Sender, receiver: Receiver, moving_clock: MovingClock
) -> None:
    endpoint = await ledger.endpoint(receiver.url, order_hold_min=30)
    receiver.answer(500, times=5)
    ids = await ledger.send(endpoint, 2)
    start = moving_clock.now()
    for at in (0, 5, 35, 155, 755):
        moving_clock.freeze(start + timedelta(seconds=at))
        await sender.run_once()
    assert sent(receiver) == [1] * 5
    moving_clock.freeze(start + timedelta(minutes=30) - timedelta(seconds=1))
    await sender.run_once()
    assert sent(receiver) == [1] * 5
    moving_clock.advance(1)
    await sender.run_once()
    assert sent(receiver) == [1, 1, 1, 1, 1, 2]
    head = await ledger.row(ids[0])
    assert (head["status"], head["parked"]) == ("retrying", True)
    assert head["next_at"] == start + timedelta(seconds=755 + 3600)
    moving_clock.freeze(head["next_at"])
    await sender.run_once()
    assert sent(receiver) == [1, 1, 1, 1, 1, 2, 1]
    assert (await ledger.row(ids[0]))["status"] == "delivered"


async def test_an_endpoint_without_hold_parks_at_the_first_failure(
    ledger: Ledger, sender: Sender, receiver: Receiver, moving_clock: MovingClock
) -> None:
    endpoint = await ledger.endpoint(receiver.url, order_hold_min=0)
    receiver.answer(500)
    await ledger.send(endpoint, 2)
    await sender.run_once()
    assert sent(receiver) == [1, 2]
    moving_clock.advance(5)
    await sender.run_once()
    assert sent(receiver) == [1, 2, 1]


async def test_a_message_refused_for_good_does_not_hold_the_next(
    ledger: Ledger, sender: Sender, receiver: Receiver, moving_clock: MovingClock
) -> None:
    receiver.answer(422)
    ids = await ledger.send(await ledger.endpoint(receiver.url), 2)
    await sender.run_once()
    assert sent(receiver) == [1, 2]
    assert (await ledger.row(ids[0]))["status"] == "failed"


async def test_a_planned_message_waits_for_its_time_and_those_behind_it_too(
    ledger: Ledger, sender: Sender, receiver: Receiver, moving_clock: MovingClock
) -> None:
    endpoint = await ledger.endpoint(receiver.url)
    later = moving_clock.now() + timedelta(minutes=7)
    await ledger.send(endpoint, not_before=later)
    await ledger.send(endpoint)
    await sender.run_once()
    moving_clock.advance(7 * 60 - 1)
    await sender.run_once()
    assert sent(receiver) == []
    moving_clock.advance(1)
    await sender.run_once()
    assert sent(receiver) == [1, 2]


async def test_an_outage_ends_with_every_message_once_and_in_order(
    ledger: Ledger, sender: Sender, receiver: Receiver, moving_clock: MovingClock
) -> None:
    endpoint = await ledger.endpoint(receiver.url)
    receiver.answer(503, times=3)
    await ledger.send(endpoint, 4)
    for pause in (0, 5, 30, 120):
        moving_clock.advance(pause)
        await sender.run_once()
    assert sent(receiver) == [1, 1, 1, 1, 2, 3, 4]
    assert await ledger.statuses() == ["delivered"] * 4
