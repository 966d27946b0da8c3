"""The clock jumps while things are under way: nothing is lost, nothing happens twice."""

import asyncio
import contextlib
from collections.abc import Iterator
from datetime import timedelta

import pytest

from connective.kit import clock, wake
from connective.kit.testing.databases import Database
from connective.kit.testing.moving_clock import MovingClock
from connective.kit.testing.receiver import Receiver
from connective.kit.testing.shop import Edge, Node, Shop

DAY_S = 86_400
NODES: list[Node] = [
    (1, "start", {}),
    (2, "message", {"text": "Hello"}),
    (3, "wait", {"text": "Still there?", "save_to": "x", "timeout_s": 60}),
    (4, "message", {"text": "Too late"}),
    (5, "message", {"text": "Thanks for {{x}}"}),
]
EDGES: list[Edge] = [(1, "next", 2), (2, "next", 3), (3, "timeout", 4), (3, "next", 5)]
ASKED = ["Hello", "Still there?"]


async def test_a_jump_forward_ends_each_wait_once(
    moving_clock: MovingClock, shop: Shop, db: Database
) -> None:
    await shop.publish(NODES, EDGES)
    for chat in ("a", "b"):
        await shop.say("/start", chat)
    await shop.heard(4)
    moving_clock.advance(DAY_S)
    bodies = await shop.heard(6)
    for chat in ("a", "b"):
        texts = [body["message"]["text"] for body in bodies if body["chat_id"] == chat]
        assert texts == [*ASKED, "Too late"]
    assert await db.value("SELECT count(*) FROM runs WHERE status = 'done'") == 2


@contextlib.contextmanager
def jumped(hours: int) -> Iterator[None]:
    """The time of day is another; seconds go on being counted, as a machine does it."""
    whole = clock.now
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: whole() + timedelta(hours=hours))
        yield


async def test_a_jump_back_loses_and_doubles_nothing(moving_clock: MovingClock, shop: Shop) -> None:
    await shop.publish(NODES, EDGES)
    await shop.say("/start")
    await shop.heard(2)
    with jumped(-1):
        update = shop.update(text="tea")
        assert (await shop.post(update)).json["duplicate"] is False
        assert (await shop.post(update)).json["duplicate"] is True
        assert (await shop.texts(3))[2] == "Thanks for tea"
        await shop.say("/start")
        assert await shop.texts(5) == [*ASKED, "Thanks for tea", *ASKED]
    moving_clock.advance(DAY_S)
    assert (await shop.texts(6))[5] == "Too late"


async def test_a_failed_delivery_keeps_its_place_over_jumps(
    moving_clock: MovingClock, shop: Shop
) -> None:
    await shop.publish(NODES[:2], EDGES[:1])
    shop.receiver.answer(503)
    await shop.say("/start")
    await shop.heard(1)
    with jumped(-1):
        await shop.say("/start")
    moving_clock.advance(DAY_S)
    wake.wake("outbox")
    first, *bodies = await shop.heard(3)
    assert bodies[0] == first
    assert [body["sequence"] for body in bodies] == [1, 2]


@pytest.mark.parametrize("hours", [2, -2])
async def test_a_jump_during_a_call_that_ends_well_stops_no_run(
    shop: Shop, receiver: Receiver, hours: int
) -> None:
    go = asyncio.Event()
    receiver.answer(200, {"day": "Friday"}, path="/day", after=go)
    asking = {"url": f"{receiver.url}/day", "method": "GET", "response_mapping": {"day": "day"}}
    await shop.publish(
        [
            (1, "start", {}),
            (2, "action", {"template_id": "action_send_request", "values": asking}),
            (3, "message", {"text": "Today is {{day}}"}),
        ],
        [(1, "next", 2), (2, "ok", 3)],
    )
    await shop.say("/start")
    await receiver.wait_for(1)
    with jumped(hours):
        go.set()
        (_, said) = await receiver.wait_for(2)
    assert said.json["message"]["text"] == "Today is Friday"
