"""Loops of an app under test that nothing wakes stay asleep; a wake-up loses nothing."""

import asyncio

import pytest

from connective.kit import wake
from connective.kit.context import unit_of_work
from connective.kit.loops import Loop, Running
from connective.kit.testing import drowsy
from connective.kit.testing.databases import Database
from connective.kit.testing.polling import polled

_AT_LEAST = "SELECT true FROM event_cursors WHERE listener = 'zoho.closed' AND position >= $1"


def counted(name: str, ran: list[str]) -> Loop:
    async def run(stop: asyncio.Event) -> None:
        ran.append(name)
        with wake.waiter(f"topic of {name}"):
            await stop.wait()

    return Loop(name, "worker", run)


async def test_a_loop_that_ran_before_starts_when_its_topic_is_woken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drowsy.make_drowsy(monkeypatch)
    monkeypatch.setattr(drowsy, "LATEST_S", 3600)
    ran: list[str] = []
    loops = [counted("woken", ran), counted("left alone", ran)]
    for so_far in (2, 3):

        async def started(times: int = so_far) -> bool:
            wake.wake("topic of woken")
            return len(ran) == times

        running = Running(loops)
        running.start()
        await polled(started)
        await running.stop(within_s=5)
    assert ran == ["woken", "left alone", "woken"]


async def test_what_is_due_by_time_alone_begins_without_a_wake_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drowsy.make_drowsy(monkeypatch)
    monkeypatch.setattr(drowsy, "LATEST_S", 0.01)
    ran: list[str] = []
    for times in (1, 2):
        running = Running([counted("timed", ran)])
        running.start()

        async def started(times: int = times) -> bool:
            return len(ran) == times

        await polled(started)
        await running.stop(within_s=5)


async def test_a_listener_that_is_woken_by_its_first_event_gets_it(
    server: object, db: Database
) -> None:
    before = await db.fetch("SELECT listener, position FROM event_cursors")
    assert {row["position"] for row in before} == {0}
    async with unit_of_work() as ctx:
        ctx.emit("request.closed", {})
    last = await db.value("SELECT max(id) FROM events")

    async def moved() -> bool:
        return bool(await db.value(_AT_LEAST, last))

    await polled(moved)
