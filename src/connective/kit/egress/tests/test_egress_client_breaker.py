"""The breaker inside the client: what counts as a failure of the host, and for how long."""

import asyncio

import pytest

from connective.kit.egress import (
    AddressNotAllowed,
    Breaker,
    BreakerOpen,
    ConnectionReset,
    Egress,
    Policy,
    TimedOut,
)
from connective.kit.testing.moving_clock import MovingClock
from connective.kit.testing.receiver import Receiver


@pytest.mark.proves("INT-08", part="circuit breaker")
async def test_the_breaker_stops_calling_a_dead_host_and_asks_again_after_a_minute(
    moving_clock: MovingClock, receiver: Receiver
) -> None:
    async with Egress(Policy.build(allow_private=True), breaker=Breaker()) as client:
        receiver.answer(cut="reset", times=20)
        for _ in range(20):
            with pytest.raises(ConnectionReset):
                await client.request("POST", receiver.url, body=b"x")
        with pytest.raises(BreakerOpen):
            await client.request("POST", receiver.url, body=b"x")
        assert len(receiver.requests) == 20
        assert (await client.request("GET", receiver.url, breaker=False)).status == 200
        moving_clock.advance(61)
        assert (await client.request("GET", receiver.url)).status == 200


async def test_timeouts_count_for_the_breaker_and_refusals_of_ours_do_not(
    receiver: Receiver,
) -> None:
    never = asyncio.Event()
    receiver.always(after=never)
    async with Egress(Policy.build(allow_private=True)) as client:
        async with asyncio.TaskGroup() as group:
            for _ in range(20):
                group.create_task(_expect_timeout(client, receiver.url))
        with pytest.raises(BreakerOpen):
            await client.request("GET", receiver.url)
        for _ in range(30):
            with pytest.raises(AddressNotAllowed):
                await client.request("GET", "http://169.254.169.254/")
    never.set()


async def _expect_timeout(client: Egress, url: str) -> None:
    with pytest.raises(TimedOut):
        await client.request("GET", url, timeout_s=0.1)
