"""Planned runs start once: under load, asked for twice, after a kill, with the clock moved."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from connective.engine.model import Begin
from connective.kit import clock, errors
from connective.kit.context import unit_of_work
from connective.kit.testing.databases import Database
from connective.kit.testing.moving_clock import MovingClock
from connective.kit.testing.shop import Shop
from connective.modules.turns import running, timers
from connective.modules.turns.models import run_ids
from connective.modules.turns.queue import Queue
from connective.modules.turns.running import Target
from connective.modules.turns.work import Origin, Started, Work

HOUR_S = 3600
API = Origin(source="api")
GREETING: Any = (
    [
        (1, "start", {}),
        (2, "message", {"text": "Hello"}),
        (3, "wait", {"text": "Still there?", "timeout_s": 60}),
        (4, "message", {"text": "Too late"}),
    ],
    [(1, "next", 2), (2, "next", 3), (3, "timeout", 4)],
)


def target(shop: Shop, **more: Any) -> Target:
    begin = Begin(trigger="alias")
    return Target(bot_id=shop.id, channel="custom_channel", chat_id="c", begin=begin, **more)


async def planned(shop: Shop, seconds: float, **more: Any) -> int:
    async with unit_of_work() as ctx:
        run_id = (await run_ids.take(ctx.db, 1))[0]
        due_at = ctx.now + timedelta(seconds=seconds)
        await running.plan(ctx, target(shop, **more), run_id=run_id, origin=API, due_at=due_at)
    return run_id


async def comes(db: Database, query: str, value: Any) -> None:
    """Wait until the query gives the value."""
    async with asyncio.timeout(15):
        while True:
            if await db.value(query) == value:
                return
            await asyncio.sleep(0.02)


@contextmanager
def set_back(seconds: float) -> Iterator[None]:
    """The time of day is earlier; seconds go on being counted, as a machine does it."""
    whole = clock.now
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: whole() - timedelta(seconds=seconds))
        yield


async def test_a_planned_run_waits_while_there_is_too_much_to_do(
    shop: Shop, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await shop.publish(*GREETING)
    refused = asyncio.Event()
    submit = Queue.submit

    def full(line: Queue, work: Work) -> Any:
        if isinstance(work.what, Started):
            refused.set()
            raise errors.Unavailable("turns_overloaded", retry_after=5)
        return submit(line, work)

    with monkeypatch.context() as loaded:
        loaded.setattr(Queue, "submit", full)
        await planned(shop, 0)
        await asyncio.wait_for(refused.wait(), 15)
        await comes(db, "SELECT status FROM runs", "scheduled")
    assert await shop.texts(2) == ["Hello", "Still there?"]
    assert await db.value("SELECT status FROM runs") == "running"


async def test_a_run_whose_starter_died_is_started_by_another(shop: Shop, db: Database) -> None:
    await shop.publish(*GREETING)
    run_id = await planned(shop, HOUR_S)
    nobody = 2**31 - 1
    await db.execute("UPDATE runs SET status = 'starting', owner = $1", nobody)
    assert await shop.texts(2) == ["Hello", "Still there?"]
    assert await db.value("SELECT id FROM runs WHERE status = 'running'") == run_id


async def test_a_run_that_is_started_twice_speaks_once(shop: Shop, db: Database) -> None:
    await shop.publish(*GREETING)
    async with unit_of_work() as ctx:
        account_id = await running.account_for(ctx, target(shop))
        run_id = await running.promise(ctx)
    start = [
        running.start(account_id, target(shop), run_id=run_id, origin=API, again=True)
        for _ in range(3)
    ]
    await asyncio.gather(*start[:2])  # in one group
    await start[2]
    assert await db.value("SELECT count(*) FROM messages") == 2
    assert await db.value("SELECT count(*) FROM journal") == 1
    assert await db.value("SELECT count(*) FROM runs") == 1


async def test_a_run_taken_back_while_it_was_being_started_does_not_start(
    shop: Shop, db: Database
) -> None:
    await shop.publish(*GREETING)
    run_id = await planned(shop, HOUR_S)
    await db.execute("UPDATE runs SET status = 'cancelled'")
    async with unit_of_work() as ctx:
        account_id = await running.account_for(ctx, target(shop))
    await running.start(account_id, target(shop), run_id=run_id, origin=API, again=True)
    assert await db.value("SELECT status FROM runs") == "cancelled"
    assert await db.value("SELECT count(*) FROM messages") == 0


async def test_a_plan_that_cannot_be_read_fails_alone(shop: Shop, db: Database) -> None:
    await shop.publish(*GREETING)
    bad = await planned(shop, HOUR_S)
    await db.execute("UPDATE runs SET request = '{}', due_at = created_at")
    await planned(shop, 0)
    assert await shop.texts(2) == ["Hello", "Still there?"]
    await comes(db, f"SELECT error FROM runs WHERE id = {bad}", "internal")  # noqa: S608


@pytest.mark.parametrize("fixed", [False, True])
async def test_a_delay_keeps_its_length_when_the_clock_is_set_back(
    moving_clock: MovingClock, shop: Shop, db: Database, *, fixed: bool
) -> None:
    await shop.publish(*GREETING)
    await planned(shop, 60, fixed=fixed)
    with set_back(3 * HOUR_S):
        if fixed:
            await timers.begin_waits_anew()
        else:
            await comes(db, "SELECT due_at FROM runs", clock.now() + timedelta(seconds=60))
        left = await db.value("SELECT extract(epoch FROM due_at - $1) FROM runs", clock.now())
        assert left == (60 + 3 * HOUR_S if fixed else 60)
        moving_clock.advance(float(left))
        assert await shop.texts(2) == ["Hello", "Still there?"]


async def test_a_question_waits_no_longer_when_the_clock_is_set_back(
    moving_clock: MovingClock, shop: Shop, db: Database
) -> None:
    await shop.publish(*GREETING)
    await shop.say("/start")
    deadline = await db.value("SELECT deadline_at FROM dialogs")
    with set_back(3 * HOUR_S):
        await comes(db, "SELECT deadline_at FROM dialogs", deadline - timedelta(seconds=3 * HOUR_S))
        await timers.begin_waits_anew()
        moving_clock.advance(30)
        await timers.begin_waits_anew()  # nor is it put off again and again
        moving_clock.advance(31)
        assert (await shop.texts(3))[2] == "Too late"


async def test_a_delivery_waits_no_longer_when_the_clock_is_set_back(
    moving_clock: MovingClock, shop: Shop, db: Database
) -> None:
    await shop.publish(GREETING[0][:2], GREETING[1][:1])
    shop.receiver.answer(503)
    await shop.say("/start")
    await shop.heard(1)
    await comes(db, "SELECT attempts FROM deliveries", 1)
    await comes(db, "SELECT count(*) FROM lanes WHERE owner IS NULL", 1)
    with set_back(3 * HOUR_S):
        # the sender may be resting when the clock is moved, and looks again when it has rested
        first, second = await shop.receiver.wait_for(2, within=60)
    assert second.json == first.json


async def test_a_delivery_under_way_when_the_clock_is_set_back_waits_for_a_minute_at_most(
    moving_clock: MovingClock, shop: Shop, db: Database
) -> None:
    await shop.publish(GREETING[0][:2], GREETING[1][:1])
    shop.receiver.answer(503, times=2)
    await planned(shop, 0)  # by the loop that has to see the clock set back
    await shop.heard(1)
    await comes(db, "SELECT attempts FROM deliveries", 1)
    await comes(db, "SELECT count(*) FROM lanes WHERE owner IS NULL", 1)
    old = clock.now()
    with set_back(3 * HOUR_S):
        await shop.receiver.wait_for(2, within=60)
        await comes(db, "SELECT attempts FROM deliveries", 2)
        await comes(db, "SELECT count(*) FROM lanes WHERE owner IS NULL", 1)
        # what a sender writes that had looked at the clock just before
        await db.execute("UPDATE deliveries SET held_since = $1, next_at = $1", old)
        await db.execute("UPDATE lanes SET next_at = $1", old)
        moving_clock.advance(clock.Watch.AGAIN_S)
        first, *_, third = await shop.receiver.wait_for(3, within=60)
    assert third.json == first.json


async def test_a_file_is_fetched_as_soon_as_planned_when_the_clock_is_set_back(
    moving_clock: MovingClock, shop: Shop, db: Database
) -> None:
    late = moving_clock.now() + timedelta(seconds=3 * HOUR_S)
    await db.execute("INSERT INTO inbound_media VALUES (1, 'http://a', 'a', 1, $1)", late)
    await timers.begin_waits_anew()
    soon = await db.value("SELECT next_at FROM inbound_media")
    assert soon - clock.now() == timedelta(seconds=300)
    await timers.begin_waits_anew()
    assert await db.value("SELECT next_at FROM inbound_media") == soon


def test_a_plan_of_an_older_release_can_be_read() -> None:
    raw = {
        "bot_id": 1,
        "channel": "c",
        "chat_id": "c",
        "begin": {"type": "begin", "trigger": "test"},
    }
    assert msgspec.convert(raw, Target).fixed is False
