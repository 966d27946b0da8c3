"""What stands aside is claimed by living processes only, and only a killer is called one."""

import asyncio
from typing import Any

import pytest

from connective.kit import errors
from connective.kit.context import unit_of_work
from connective.kit.senders.owner import Owner, registered
from connective.kit.testing.databases import Database
from connective.modules.turns import aside
from connective.modules.turns.queries import backlog
from connective.modules.turns.work import Arrived, Taken, Work


class Killed(BaseException):
    """The process dies here."""


class Line:
    """A queue that takes everything at once, dies of some events and refuses beyond its room."""

    def __init__(self, *killers: str, room: int = 1000) -> None:
        self.killers, self.room, self.taken = killers, room, list[str]()

    def submit(self, work: Work) -> "asyncio.Future[Taken]":
        assert isinstance(work.what, Arrived)
        name = work.what.event.external_id
        if name in self.killers:
            raise Killed(name)
        if len(self.taken) >= self.room:
            raise errors.Unavailable("turns_overloaded", retry_after=5)
        self.taken.append(name)
        future: asyncio.Future[Taken] = asyncio.get_running_loop().create_future()
        future.set_result(Taken())
        return future


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> Line:
    found = Line()
    monkeypatch.setattr(aside, "queue", lambda: found)
    return found


async def put(*names: str, chat: str = "") -> None:
    """Put messages aside, each of a chat of its own unless one is given."""
    event = '{"kind":"message","external_id":"%s","chat_id":"%s","at":1,"text":"hi"}'
    async with unit_of_work() as ctx:
        driver = await ctx.driver()
        for name in names:
            key = (1, chat or name)
            await backlog.put(driver, key, name, event % (name, key[1]), ctx.now)


async def one_life(db: Database) -> None:
    """A process starts, sweeps once, and dies of it if it must; a kill says no goodbye."""
    async with registered(db.dsn) as owner:
        await alone(db, owner)
        await aside.sweep(owner.id)


async def alone(db: Database, owner: Owner) -> None:
    """Until the server has noticed that the others are gone, and they were buried."""
    async with asyncio.timeout(10):
        while await db.value("SELECT count(*) FROM senders") > 1:
            await owner.beat()


async def rows(db: Database) -> dict[str, tuple[str, int]]:
    found = await db.fetch("SELECT external_id, status, attempts FROM inbound_backlog")
    return {row["external_id"]: (row["status"], row["attempts"]) for row in found}


async def test_only_the_event_that_kills_is_called_dead(db: Database, line: Line) -> None:
    await put("1", "2", "3", "4", "5")
    line.killers = ("3",)
    for attempts in (0, 1, 2):
        with pytest.raises(Killed):
            await one_life(db)
        assert (await rows(db))["3"] == ("waiting", attempts)
    await one_life(db)
    assert await rows(db) == {"3": ("dead", 2)}
    assert sorted(line.taken[-2:]) == ["4", "5"]


async def test_claims_of_the_living_are_left_alone_and_those_of_the_dead_taken_at_once(
    db: Database, line: Line
) -> None:
    await put("1", "2", chat="c")
    async with registered(db.dsn) as other:
        async with unit_of_work() as ctx:
            assert len(await backlog.claim(await ctx.driver(), other.id, 1)) == 1
        async with registered(db.dsn) as owner:
            assert await aside.sweep(owner.id) == 0  # nor may "2" overtake "1"
            await db.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
                " AND objid = $1::int::oid",
                other.id,
            )
            await alone(db, owner)
            assert await aside.sweep(owner.id) == 2
    assert line.taken == ["1", "2"]


async def test_what_the_queue_refuses_stands_aside_again_in_its_order(
    db: Database, line: Line
) -> None:
    await put("1", "2", "3", chat="c")
    line.room = 1
    await one_life(db)
    found: Any = await db.fetch("SELECT external_id, owner, attempts FROM inbound_backlog")
    assert [tuple(row.values()) for row in found] == [("2", None, 0), ("3", None, 0)]
    line.room = 1000
    await one_life(db)
    assert line.taken == ["1", "2", "3"]
    assert await rows(db) == {}


async def test_an_event_that_cannot_be_read_keeps_nobody_waiting(db: Database, line: Line) -> None:
    await put("1", "2", "3")
    await db.execute("UPDATE inbound_backlog SET event = '{}' WHERE external_id = '2'")
    await one_life(db)
    assert line.taken == ["1", "3"]
    assert await rows(db) == {"2": ("dead", 0)}


async def test_a_try_that_was_outlived_counts_not_although_the_database_was_away(
    db: Database, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: object) -> None:
        raise ConnectionResetError

    await put("1")
    line.room = 0
    for _ in range(2 * aside.TRIES):
        with monkeypatch.context() as patch:
            patch.setattr(aside, "_settle", away)
            with pytest.raises(ConnectionResetError):
                await one_life(db)
    line.room = 1
    await one_life(db)
    assert line.taken == ["1"]
    assert await rows(db) == {}


async def test_nobody_is_called_dead_before_the_living_had_their_say(
    db: Database, line: Line
) -> None:
    await put("1")
    await db.execute("UPDATE inbound_backlog SET attempts = $1", aside.TRIES)
    async with registered(db.dsn) as owner:
        assert await aside.sweep(owner.id, judging=False) == 0
        assert (await rows(db))["1"] == ("waiting", aside.TRIES)
        assert await aside.sweep(owner.id) == 1
    assert (await rows(db))["1"] == ("dead", aside.TRIES)
    assert line.taken == []
