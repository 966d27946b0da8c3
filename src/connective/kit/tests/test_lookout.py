"""The lookout over the listeners: who is woken, whose cursor is moved, and whose never."""

import asyncio
from typing import Any

import asyncpg
import pytest

from connective.kit import due
from connective.kit.context import unit_of_work
from connective.kit.lookout import TOPIC, Lookout, topic_of
from connective.kit.testing.databases import Database
from connective.kit.wake import waiter

KINDS = {"asks": frozenset({"test.asked"}), "says": frozenset({"test.said"})}
WRITE = "INSERT INTO events (at, kind, data) VALUES (now(), $1, '{}') RETURNING id"


async def say(kind: str) -> int:
    async with unit_of_work() as ctx:
        return int(await (await ctx.driver()).fetchval(WRITE, kind))


async def stand(db: Database, **positions: int) -> None:
    await db.execute("DELETE FROM event_cursors")
    for name, position in positions.items():
        await db.execute("INSERT INTO event_cursors VALUES ($1, $2)", name, position)


async def positions(db: Database) -> dict[str, int]:
    rows = await db.fetch("SELECT listener, position FROM event_cursors")
    return {row["listener"]: row["position"] for row in rows}


async def woken(lookout: Lookout) -> set[str]:
    """The listeners that one look wakes."""
    with waiter(topic_of("asks")) as asks, waiter(topic_of("says")) as says:
        await lookout.look()
        return {name for name, event in (("asks", asks), ("says", says)) if event.is_set()}


async def test_who_has_something_is_woken_and_the_others_pass_it_by(db: Database) -> None:
    first = await say("test.first")
    await stand(db, asks=first, says=first)
    lookout = Lookout(KINDS)
    assert await woken(lookout) == set()
    said = await say("test.said")
    last = await say("test.other")
    assert await woken(lookout) == {"says"}
    assert await positions(db) == {"asks": last, "says": first}
    # whoever takes it moves his own cursor, and what comes behind is passed by for him too
    await db.execute("UPDATE event_cursors SET position = $1 WHERE listener = 'says'", said)
    assert await woken(lookout) == set()
    assert await positions(db) == {"asks": last, "says": last}


async def test_a_listener_of_all_kinds_moves_by_itself_alone(db: Database) -> None:
    first = await say("test.first")
    await stand(db, all=first)
    lookout = Lookout({"all": frozenset()})
    await lookout.look()
    await say("test.other")
    await lookout.look()
    assert await positions(db) == {"all": first}


async def test_a_listener_that_has_fallen_behind_reads_up_to_the_others_itself(
    db: Database,
) -> None:
    said, last = await say("test.said"), await say("test.asked")
    await stand(db, asks=last, says=said - 1)
    lookout = Lookout(KINDS)
    for _ in range(2):
        assert await woken(lookout) == {"says"}
    assert await positions(db) == {"asks": last, "says": said - 1}


async def test_a_listener_that_is_new_is_woken(db: Database) -> None:
    await stand(db, asks=await say("test.first"))
    lookout = Lookout(KINDS)
    assert await woken(lookout) == {"says"}


async def test_nobody_is_moved_past_an_event_that_is_still_to_come(db: Database) -> None:
    first = await say("test.first")
    await stand(db, asks=first, says=first)
    lookout = Lookout(KINDS)
    await lookout.look()
    late: Any = await asyncpg.connect(db.dsn)
    writing = late.transaction()
    await writing.start()
    said = await late.fetchval(WRITE, "test.said")
    await say("test.other")
    assert await woken(lookout) == set()
    assert await positions(db) == {"asks": first, "says": first}
    await writing.commit()
    await late.close()
    assert await woken(lookout) == {"says"}
    assert (await positions(db))["asks"] > said


async def test_a_cursor_that_is_being_moved_holds_nobody_up(db: Database) -> None:
    first = await say("test.first")
    await stand(db, asks=first, says=first)
    lookout = Lookout(KINDS)
    await lookout.look()
    last = await say("test.other")
    slow: Any = await asyncpg.connect(db.dsn)
    moving = slow.transaction()
    await moving.start()
    await slow.execute("UPDATE event_cursors SET position = $1 WHERE listener = 'says'", first)
    await asyncio.wait_for(lookout.look(), 20)
    await moving.rollback()
    await slow.close()
    assert await positions(db) == {"asks": last, "says": first}


@pytest.mark.parametrize(("behind", "asked"), [(0, False), (1, True)])
async def test_it_is_asked_for_only_while_somebody_is_behind(
    db: Database, behind: int, asked: bool
) -> None:
    last = await say("test.said")
    await stand(db, asks=last, says=last - behind, gone=0)
    lookout = Lookout(KINDS)
    (row,) = await db.fetch(due.question_of([lookout.due]), None)
    assert row[TOPIC] is asked
