"""When a failed delivery is tried again."""

from datetime import UTC, datetime, timedelta

import pytest

from connective.kit.egress import Answer
from connective.kit.senders import schedule, transport
from connective.kit.senders.sender import Sender
from connective.kit.testing.ledger import Ledger
from connective.kit.testing.moving_clock import MovingClock
from connective.kit.testing.receiver import Receiver

pytestmark = [
    pytest.mark.proves("P-07", part="deliveries"),
    pytest.mark.proves("INT-06", part="delivery"),
    pytest.mark.proves("INT-14", part="retry"),
]
NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)


def pause(tries: int, chance: float, retry_after_s: float | None = None) -> float:
    due = schedule.next_try(tries, NOW, retry_after_s=retry_after_s, chance=chance)
    assert due is not None
    return (due - NOW).total_seconds()


def test_the_plan_is_the_documented_one() -> None:
    pauses = [pause(tries, 0.5) for tries in range(1, schedule.TRIES)]
    assert pauses == [5, 30, 120, 600, 3_600, 10_800, 28_800, 86_400]
    assert schedule.next_try(schedule.TRIES, NOW) is None
    assert schedule.TRIES == 9


def test_jitter_stays_within_a_fifth() -> None:
    for tries, planned in enumerate(schedule.DELAYS_S, start=1):
        assert pause(tries, 0.0) == pytest.approx(planned * 0.8)
        assert pause(tries, 1.0) == pytest.approx(planned * 1.2)
        for _ in range(50):
            due = schedule.next_try(tries, NOW)
            assert due is not None
            assert planned * 0.8 <= (due - NOW).total_seconds() <= planned * 1.2


@pytest.mark.parametrize(
    ("asked", "given"), [(None, 30), (0, 30), (7, 30), (300, 300), (10**9, 86_400)]
)
def test_a_partner_may_put_a_try_off_within_a_day_but_never_hasten_it(
    asked: float | None, given: float
) -> None:
    assert pause(2, 0.5, asked) == given


async def test_each_kind_of_trouble_is_tried_again_at_the_exact_time_with_the_same_bytes(
    ledger: Ledger, sender: Sender, receiver: Receiver, moving_clock: MovingClock
) -> None:
    endpoint = await ledger.endpoint(receiver.url, timeout_s=1)
    receiver.answer(500)
    receiver.answer(drip=[b"x"], drip_every=2)
    receiver.answer(cut="reset")
    receiver.answer(429, headers={"Retry-After": "1000"})
    (number,) = await ledger.send(endpoint)
    for planned in (5, 30, 120, 1000):
        await sender.run_once()
        row = await ledger.row(number)
        assert row["status"] == "retrying"
        assert row["next_at"] == moving_clock.now() + timedelta(seconds=planned)
        moving_clock.advance(planned - 0.001)
        assert await sender.run_once() == 0
        moving_clock.advance(0.001)
    await sender.run_once()
    row = await ledger.row(number)
    assert (row["status"], row["attempts"]) == ("delivered", 5)
    statuses = [entry["http_status"] for entry in row["log"]]
    assert statuses == [500, None, None, 429, 200]
    assert [entry["error"] for entry in row["log"]][3:] == ["http_429", None]
    assert row["log"][1]["error"].startswith("timeout")
    assert row["log"][2]["error"].startswith("reset")
    assert {request.headers["webhook-id"] for request in receiver.requests} == {number}
    assert {request.body for request in receiver.requests} == {row["body"]}
    assert len(receiver.requests) == 5


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 599])
async def test_these_statuses_are_tried_again(
    ledger: Ledger, sender: Sender, receiver: Receiver, moving_clock: MovingClock, status: int
) -> None:
    receiver.answer(status)
    (number,) = await ledger.send(await ledger.endpoint(receiver.url))
    await sender.run_once()
    assert (await ledger.row(number))["status"] == "retrying"


@pytest.mark.parametrize("status", [301, 302, 307, 400, 401, 403, 404, 409, 413, 422])
async def test_these_statuses_fail_at_once(
    ledger: Ledger, sender: Sender, receiver: Receiver, moving_clock: MovingClock, status: int
) -> None:
    receiver.answer(status)
    (number,) = await ledger.send(await ledger.endpoint(receiver.url))
    await sender.run_once()
    row = await ledger.row(number)
    assert (row["status"], row["attempts"], row["next_at"]) == ("failed", 1, None)
    assert row["last_error"] == f"http_{status}"


async def test_after_nine_tries_a_delivery_has_failed(
    ledger: Ledger, sender: Sender, receiver: Receiver, moving_clock: MovingClock
) -> None:
    receiver.always(500)
    (number,) = await ledger.send(await ledger.endpoint(receiver.url))
    for planned in (*schedule.DELAYS_S, 0):
        await sender.run_once()
        moving_clock.advance(30 * 60)  # what holds its lane is parked here
        await sender.run_once()
        moving_clock.advance(max(planned - 30 * 60, 0))
    row = await ledger.row(number)
    assert (row["status"], row["attempts"]) == ("failed", 9)
    assert len(receiver.requests) == 9
    moving_clock.advance(10 * 86_400)
    assert await sender.run_once() == 0


async def test_a_date_in_retry_after_counts_too(
    ledger: Ledger, sender: Sender, receiver: Receiver, moving_clock: MovingClock
) -> None:
    receiver.answer(503, headers={"Retry-After": "Mon, 04 May 2026 09:10:00 GMT"})
    receiver.answer(503, headers={"Retry-After": "soon"})
    endpoint = await ledger.endpoint(receiver.url)
    (first,) = await ledger.send(endpoint, lane="a")
    await sender.run_once()
    (second,) = await ledger.send(endpoint, lane="b")
    await sender.run_once()
    start = moving_clock.now()
    assert (await ledger.row(first))["next_at"] == start + timedelta(minutes=10)
    assert (await ledger.row(second))["next_at"] == start + timedelta(seconds=5)


async def test_typing_is_tried_once_and_holds_nobody(
    ledger: Ledger, sender: Sender, receiver: Receiver, moving_clock: MovingClock
) -> None:
    receiver.answer(500)
    endpoint = await ledger.endpoint(receiver.url, kind="custom_channel")
    kind = "custom_channel"
    (typing,) = await ledger.send(endpoint, kind=kind, event_name="typing", ordered=False)
    await sender.run_once()
    await ledger.send(endpoint, kind=kind, event_name="message")
    moving_clock.advance(86_400)
    await sender.run_once()
    row = await ledger.row(typing)
    assert (row["status"], row["attempts"], row["sequence"]) == ("failed", 1, None)
    assert [request.json["sequence"] for request in receiver.requests] == [None, 1]


@pytest.mark.parametrize("given", ["9" * 400, "²", "-5", "Fri, 31 Dec 9999 23:59:59 -2359", "1e9"])
def test_what_a_partner_asks_for_never_breaks_the_plan(given: str) -> None:
    answer = Answer(status=503, headers={"retry-after": given}, body=b"", ms=1, url="")
    asked = transport._retry_after(answer)  # noqa: SLF001
    assert 4 <= pause(1, 0.5, asked) <= schedule.RETRY_AFTER_MAX_S


@pytest.mark.parametrize(("asked", "waits"), [(1e300, 86_400), (-5.0, 0), (30.0, 30)])
def test_a_wait_has_its_bounds(asked: float, waits: float) -> None:
    assert schedule.bounded(asked) == waits
