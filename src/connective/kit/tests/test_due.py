"""What comes due by time is found by one question of the process, and wakes its own loop alone."""

import asyncio

import pytest

from connective.kit import due
from connective.kit.loops import Due, Loop
from connective.kit.testing.databases import Database
from connective.kit.testing.moving_clock import MovingClock
from connective.kit.wake import waiter

AT_TEN = "SELECT timestamptz '2026-05-04 10:00 UTC' <= $1"
TOMORROW = "SELECT timestamptz '2026-05-05 10:00 UTC' <= $1"
NONE_THERE = "SELECT min(beat_at) <= $1 FROM processes"


async def _wait(stop: asyncio.Event) -> None:
    await stop.wait()


def planned(name: str, *asks: str) -> Loop:
    return Loop(name, "worker", _wait, Due(name, asks))


async def test_all_loops_are_asked_for_in_one_statement(
    db: Database, moving_clock: MovingClock
) -> None:
    asked = [Due("a", (NONE_THERE, AT_TEN)), Due("b", (TOMORROW,)), Due("c", ("SELECT true",))]
    question = due.question_of(asked)
    for now, at_ten in ((moving_clock.now(), False), (moving_clock.advance(3_600), True)):
        (row,) = await db.fetch(question, now)
        assert row == {"moment": now, "a": at_ten, "b": False, "c": True}


async def test_a_loop_is_woken_when_its_time_has_come_and_no_other(
    db: Database, moving_clock: MovingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(due, "EVERY_S", 0.01)
    loops = [planned("always", "SELECT true"), planned("at ten", AT_TEN), planned("not", TOMORROW)]
    loops.append(Loop("by itself", "worker", _wait))
    stop = asyncio.Event()
    with waiter("always") as always, waiter("at ten") as at_ten, waiter("not") as other:
        running = asyncio.ensure_future(due.loop(loops).run(stop))
        await asyncio.wait_for(always.wait(), 20)
        assert not at_ten.is_set()
        moving_clock.advance(3_600)
        await asyncio.wait_for(at_ten.wait(), 20)
        assert not other.is_set()
        stop.set()
        await running


async def test_a_clock_that_was_set_back_wakes_them_all(
    db: Database, moving_clock: MovingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(due, "EVERY_S", 0.01)
    loops, stop = [planned("always", "SELECT true"), planned("not", TOMORROW)], asyncio.Event()
    with waiter("always") as always, waiter("not") as other:
        running = asyncio.ensure_future(due.loop(loops).run(stop))
        await asyncio.wait_for(always.wait(), 20)
        assert not other.is_set()
        moving_clock.advance(-3_600)
        await asyncio.wait_for(other.wait(), 20)
        stop.set()
        await running
