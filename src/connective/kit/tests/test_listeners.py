"""Listeners: each event once, in order, by one of several processes; a bad event is put aside."""

import asyncio
from collections.abc import Sequence
from typing import Any

import asyncpg
import pytest
from sqlalchemy.exc import DBAPIError

from connective.kit import listeners
from connective.kit.context import Ctx, unit_of_work
from connective.kit.events import wakes
from connective.kit.events.reader import LoggedEvent
from connective.kit.listeners import Follower, Listener
from connective.kit.testing.databases import Database
from connective.kit.testing.polling import polled
from connective.kit.wake import waiter


class Ear:
    """A handler that writes down what it hears and fails where it is told to."""

    def __init__(self) -> None:
        self.heard: list[int] = []
        self.refuses: set[int] = set()

    async def handle(self, ctx: Ctx, events: Sequence[LoggedEvent]) -> None:
        numbers = [event.data["n"] for event in events]
        for number in numbers:
            ctx.audit("heard", "test", number)
        if self.refuses & set(numbers):
            raise ValueError("not this one")
        ctx.after_commit(lambda: self.heard.extend(numbers))


async def say(*numbers: int, kind: str = "test.said") -> None:
    async with unit_of_work() as ctx:
        for number in numbers:
            ctx.emit(kind, {"n": number})


async def catch_up(follower: Follower) -> None:
    async with asyncio.timeout(20):
        while (batch := await follower.step()) is not None and (batch.more or batch.waits):
            continue


async def test_each_event_is_handled_once_and_in_order(db: Database) -> None:
    ear = Ear()
    listener = Listener("ear", ear.handle)
    await say(1, 2)
    await catch_up(Follower(listener))
    await say(3)
    await catch_up(Follower(listener))
    assert ear.heard == [1, 2, 3]


async def test_only_its_kinds_reach_a_listener(db: Database) -> None:
    ear = Ear()
    await say(1)
    await say(2, kind="test.other")
    await say(3)
    await catch_up(Follower(Listener("ear", ear.handle, frozenset({"test.said"}))))
    assert ear.heard == [1, 3]


async def test_an_event_wakes_those_who_follow_its_kind_and_those_who_follow_all(
    db: Database,
) -> None:
    with waiter(*map(wakes.of, ("test.said", "test.asked"))) as some, waiter(wakes.ALL) as every:
        await say(1, kind="test.other")
        assert (some.is_set(), every.is_set()) == (False, True)
        await say(2, kind="test.asked")
        assert some.is_set()


async def test_a_listener_that_runs_is_woken_by_its_kinds(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listeners, "SWEEP_S", 600)
    ear, stop = Ear(), asyncio.Event()
    follower = Follower(Listener("ear", ear.handle, frozenset({"test.said", "test.asked"})))
    running = asyncio.create_task(follower.run(stop))
    for number, kind in enumerate(("test.said", "test.other", "test.asked")):
        await say(number, kind=kind)

    async def has_heard() -> bool:
        return ear.heard == [0, 2]

    await polled(has_heard)
    stop.set()
    await running


async def test_what_a_failing_handler_wrote_is_undone_and_the_event_comes_again(
    db: Database,
) -> None:
    ear = Ear()
    follower = Follower(Listener("ear", ear.handle))
    await catch_up(follower)
    await say(1)
    ear.refuses = {1}
    await follower.step()
    assert await db.value("SELECT count(*) FROM audit") == 0
    ear.refuses = set()
    await catch_up(follower)
    assert ear.heard == [1]
    assert await db.value("SELECT count(*) FROM audit") == 1


async def test_an_event_that_always_fails_is_put_aside_and_the_others_go_on(db: Database) -> None:
    ear = Ear()
    ear.refuses = {3}
    await say(1, 2, 3, 4, 5)
    follower = Follower(Listener("ear", ear.handle))
    await catch_up(follower)
    assert ear.heard == [1, 2, 4, 5]
    (aside,) = await db.fetch("SELECT listener, kind, error FROM event_failures")
    assert (aside["listener"], aside["kind"]) == ("ear", "test.said")
    assert "not this one" in aside["error"]


async def test_while_one_process_handles_events_another_keeps_out(db: Database) -> None:
    entered, leave = asyncio.Event(), asyncio.Event()

    async def slow(ctx: Ctx, events: Sequence[LoggedEvent]) -> None:
        entered.set()
        await leave.wait()

    listener = Listener("slow", slow)
    first, second = Follower(listener), Follower(listener)
    await catch_up(first)
    await say(1)
    working = asyncio.create_task(catch_up(first))
    await entered.wait()
    assert await second.step() is None
    leave.set()
    await working


async def test_an_event_counts_once_although_its_handler_was_killed_halfway(db: Database) -> None:
    killer: Any = await asyncpg.connect(db.dsn)
    ear = Ear()

    async def dies(ctx: Ctx, events: Sequence[LoggedEvent]) -> None:
        ctx.audit("heard", "test", 0)
        await ctx.flush()
        driver = await ctx.driver()
        await killer.execute("SELECT pg_terminate_backend($1, 5000)", driver.get_server_pid())

    await catch_up(Follower(Listener("ear", ear.handle)))
    await say(1)
    with pytest.raises((DBAPIError, OSError)):
        await catch_up(Follower(Listener("ear", dies)))
    await killer.close()
    await catch_up(Follower(Listener("ear", ear.handle)))
    assert ear.heard == [1]
    assert await db.value("SELECT count(*) FROM audit") == 1


async def test_a_listener_that_starts_today_does_not_hear_of_yesterday(db: Database) -> None:
    ear = Ear()
    await say(1)
    follower = Follower(Listener("late", ear.handle, from_start=False))
    await catch_up(follower)
    await say(2)
    await catch_up(follower)
    assert ear.heard == [2]
