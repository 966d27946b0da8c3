"""Endpoints that fail: warned of, disabled after five days or by 410, cleared by one success."""

from datetime import timedelta

import pytest

from connective.kit.senders.sender import Sender
from connective.kit.testing.ledger import Ledger
from connective.kit.testing.moving_clock import MovingClock
from connective.kit.testing.receiver import Receiver

pytestmark = [
    pytest.mark.proves("INT-14", part="disabling"),
    pytest.mark.proves("P-07", part="deliveries"),
]
DAY = 86_400


async def fail_for(
    days: float, ledger: Ledger, sender: Sender, clock: MovingClock, endpoint: int
) -> None:
    """New calls every six hours, each failing, beside the retries of the old ones."""
    for number in range(int(days * 4)):
        await ledger.send(endpoint, lane=f"{clock.now()} {number}")
        await sender.run_once()
        clock.advance(DAY / 4)


async def test_410_disables_at_once(
    ledger: Ledger, sender: Sender, receiver: Receiver, moving_clock: MovingClock
) -> None:
    receiver.answer(410)
    endpoint = await ledger.endpoint(receiver.url)
    ids = await ledger.send(endpoint, 2)
    await sender.run_once()
    row = await ledger.endpoint_row(endpoint)
    assert (row["status"], row["disabled_reason"]) == ("disabled_by_failures", "gone")
    assert len(receiver.requests) == 1
    assert (await ledger.row(ids[0]))["status"] == "failed"
    assert (await ledger.row(ids[1]))["status"] == "pending"
    ((kind, data),) = await ledger.events()
    assert (kind, data["reason"], data["endpoint_id"]) == ("webhook.disabled", "gone", endpoint)


async def test_five_days_of_repeated_failures_disable_it_after_a_warning(
    ledger: Ledger, sender: Sender, receiver: Receiver, moving_clock: MovingClock
) -> None:
    receiver.always(500)
    endpoint = await ledger.endpoint(receiver.url)
    await fail_for(5, ledger, sender, moving_clock, endpoint)
    assert (await ledger.endpoint_row(endpoint))["status"] == "active"
    assert [kind for kind, _ in await ledger.events()] == ["webhook.warned"]
    await fail_for(0.25, ledger, sender, moving_clock, endpoint)
    row = await ledger.endpoint_row(endpoint)
    assert (row["status"], row["disabled_reason"]) == ("disabled_by_failures", "failures")
    assert [kind for kind, _ in await ledger.events()] == ["webhook.warned", "webhook.disabled"]
    calls = len(receiver.requests)
    await fail_for(1, ledger, sender, moving_clock, endpoint)
    assert len(receiver.requests) == calls


async def test_sporadic_failures_never_disable_it(
    ledger: Ledger, sender: Sender, receiver: Receiver, moving_clock: MovingClock
) -> None:
    endpoint = await ledger.endpoint(receiver.url)
    for _ in range(4):
        receiver.always(500)
        await fail_for(2, ledger, sender, moving_clock, endpoint)
        receiver.always(200)
        await fail_for(0.5, ledger, sender, moving_clock, endpoint)
    row = await ledger.endpoint_row(endpoint)
    assert (row["status"], row["failing_since"]) == ("active", None)
    assert "webhook.disabled" not in [kind for kind, _ in await ledger.events()]


async def test_a_failure_long_after_the_last_one_begins_anew(
    ledger: Ledger, sender: Sender, receiver: Receiver, moving_clock: MovingClock
) -> None:
    endpoint = await ledger.endpoint(receiver.url)
    receiver.always(400)
    await ledger.send(endpoint)
    await sender.run_once()
    moving_clock.advance(6 * DAY)
    await ledger.send(endpoint)
    await sender.run_once()
    row = await ledger.endpoint_row(endpoint)
    assert row["status"] == "active"
    assert row["failing_since"] == moving_clock.now()


async def test_the_fourth_failed_try_of_a_call_brings_the_warning_once(
    ledger: Ledger, sender: Sender, receiver: Receiver, moving_clock: MovingClock
) -> None:
    receiver.always(500)
    endpoint = await ledger.endpoint(receiver.url)
    await ledger.send(endpoint)
    for pause in (0, 5, 30):
        moving_clock.advance(pause)
        await sender.run_once()
    assert await ledger.events() == []
    for pause in (120, 600):
        moving_clock.advance(pause)
        await sender.run_once()
    assert [kind for kind, _ in await ledger.events()] == ["webhook.warned"]


async def test_three_days_of_refusals_bring_the_warning_too(
    ledger: Ledger, sender: Sender, receiver: Receiver, moving_clock: MovingClock
) -> None:
    receiver.always(403)
    endpoint = await ledger.endpoint(receiver.url, kind="custom_channel")
    for _ in range(4):
        await ledger.send(endpoint, kind="custom_channel")
        await sender.run_once()
        moving_clock.advance(DAY)
    assert [kind for kind, _ in await ledger.events()] == ["channel.warned"]


async def test_one_success_clears_everything(
    ledger: Ledger, sender: Sender, receiver: Receiver, moving_clock: MovingClock
) -> None:
    endpoint = await ledger.endpoint(receiver.url)
    receiver.answer(500, times=4)
    await ledger.send(endpoint)
    for pause in (0, 5, 30, 120):
        moving_clock.advance(pause)
        await sender.run_once()
    assert (await ledger.endpoint_row(endpoint))["warned_at"] is not None
    moving_clock.advance(600)
    await sender.run_once()
    row = await ledger.endpoint_row(endpoint)
    assert (row["failing_since"], row["warned_at"], row["last_error"]) == (None, None, None)
    assert row["last_success_at"] == moving_clock.now()


async def test_a_paused_endpoint_is_not_called_and_loses_nothing(
    ledger: Ledger, sender: Sender, receiver: Receiver, moving_clock: MovingClock
) -> None:
    endpoint = await ledger.endpoint(receiver.url, status="paused")
    await ledger.send(endpoint, 3)
    assert await sender.run_once() == 0
    await ledger.db.execute("UPDATE endpoints SET status = 'active' WHERE id = $1", endpoint)
    await sender.run_once()
    assert [request.json["sequence"] for request in receiver.requests] == [1, 2, 3]


async def test_an_open_breaker_puts_calls_off_without_spending_a_try(
    ledger: Ledger, sender: Sender, receiver: Receiver, moving_clock: MovingClock
) -> None:
    endpoint = await ledger.endpoint(receiver.url)
    receiver.always(cut="reset")
    for number in range(20):
        await ledger.send(endpoint, lane=f"chat{number}")
        await sender.run_once()
    receiver.forget()
    (late,) = await ledger.send(endpoint, lane="late")
    await sender.run_once()
    row = await ledger.row(late)
    assert (row["attempts"], row["step"], row["log"]) == (0, 0, [])
    assert row["next_at"] == moving_clock.now() + timedelta(seconds=60)
    assert receiver.requests == []
    moving_clock.advance(60)
    await sender.run_once()
    moving_clock.advance(5)
    await sender.run_once()
    assert (await ledger.row(late))["status"] == "delivered"
