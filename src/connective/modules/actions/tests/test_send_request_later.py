"""A request to an application that is down is made again for hours, across restarts."""

import asyncio
from typing import Any

import pytest

from connective.contracts.action import ActionCall
from connective.kit.testing.databases import Database
from connective.kit.testing.moving_clock import MovingClock
from connective.kit.testing.polling import polled
from connective.kit.testing.receiver import Receiver
from connective.kit.testing.shop import Shop
from connective.modules.actions.actions import SEND_REQUEST

HOUR = 3600


def call_of(url: str) -> ActionCall:
    return ActionCall(
        call_id="1:1",
        bot_id=1,
        dialog_id=3,
        run_id=1,
        node_id=2,
        chat_id="c",
        channel="custom_channel",
        language="en",
        values={"url": url, "method": "POST", "data": {"a": 1}, "retry_for_h": 24},
    )


@pytest.mark.proves("INT-09", part="bad input: application down")
async def test_a_failure_is_queued_with_growing_pauses_for_so_many_hours(
    world: Any, receiver: Receiver
) -> None:
    receiver.always(503)
    call = call_of(receiver.url)
    spent = 0.0
    for number in range(40):
        before = world.services().now()
        result = await SEND_REQUEST.run(call, world.services())
        assert result.event in ("not_ok", "http_5xx")
        if len(world.queued) == number:
            break
        call = world.queued[-1]
        assert call.tries == number + 1
        spent += round((call.not_before - before).total_seconds())
    assert 23 * HOUR < spent <= 24 * HOUR


@pytest.mark.parametrize("status", [200, 400, 404])
async def test_what_was_taken_or_is_wrong_is_not_made_again(
    world: Any, receiver: Receiver, status: int
) -> None:
    receiver.answer(status)
    await SEND_REQUEST.run(call_of(receiver.url), world.services())
    assert world.queued == []


async def test_the_application_hears_of_the_chat_once_it_is_up_again(
    shop: Shop, db: Database, moving_clock: MovingClock
) -> None:
    async with Receiver() as crm:
        values = {
            "url": f"{crm.url}/subscribed",
            "method": "POST",
            "format": "JSON",
            "data": {"customer_id": "{{messenger_input_param}}"},
            "retry_for_h": 24,
        }
        await shop.publish(
            [
                (1, "start", {}),
                (2, "action", {"template_id": "send_me", "values": values}),
                (3, "message", {"text": "Thank you"}),
                (4, "message", {"text": "We will try again"}),
            ],
            [(1, "next", 2), (2, "ok", 3), (2, "not_ok", 4)],
        )
        crm.answer(503)
        await shop.say("/start C9")
        assert await shop.texts(1) == ["We will try again"]
        assert len(crm.requests) == 1
        moving_clock.advance(61)
        first, second = await crm.wait_for(2)
    told = {"customer_id": "C9", "chat_id": "u-77_viber", "channel": "custom_channel"}
    assert first.json == second.json == told

    async def done() -> bool:
        found = await db.value("SELECT count(*) FROM calls WHERE status = 'late'")
        return bool(found == 1)

    async with asyncio.timeout(15):
        await polled(done)
