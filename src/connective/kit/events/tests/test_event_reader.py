"""The reader of the event log: nothing lost, nothing twice, nothing out of order."""

import asyncio
import random
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest_asyncio

from connective.kit.events.reader import Reader
from connective.kit.testing.databases import Database

_WRITE = "INSERT INTO events (at, kind, data) VALUES (now(), $1, '{}') RETURNING id"
_BEGIN_TO_WRITE = "SELECT pg_current_xact_id()"
WRITERS = 12
EACH = 40


@pytest_asyncio.fixture
async def connect(db: Database) -> AsyncIterator[Any]:
    """Opens connections to the test's database."""
    opened = []

    async def one() -> Any:
        opened.append(await asyncpg.connect(db.dsn))
        return opened[-1]

    yield one
    for connection in opened:
        connection.terminate()


async def start(connection: Any) -> int:
    """The id before the first event that the test writes."""
    first = await connection.fetchval(_WRITE, "test.first")
    return int(first)


async def kinds_of(reader: Reader, connection: Any, position: int) -> tuple[list[str], int, bool]:
    batch = await reader.read(connection, position)
    return [event.kind for event in batch.events], batch.position, batch.waits


async def test_an_event_whose_transaction_ends_late_is_waited_for(connect: Any) -> None:
    late, quick, reading = await connect(), await connect(), await connect()
    position = await start(reading)
    transaction = late.transaction()
    await transaction.start()
    await late.execute(_WRITE, "test.late")
    await quick.execute(_WRITE, "test.quick")
    reader = Reader()
    for _ in range(3):
        assert await kinds_of(reader, reading, position) == ([], position, True)
    await transaction.commit()
    seen, _, waits = await kinds_of(reader, reading, position)
    assert (seen, waits) == (["test.late", "test.quick"], False)


async def test_a_late_transaction_newer_than_all_ended_ones_is_waited_for(connect: Any) -> None:
    """The one with the higher event ends first but began first: a snapshot's xmax tells nothing."""
    older, newer, reading = await connect(), await connect(), await connect()
    position = await start(reading)
    first, second = older.transaction(), newer.transaction()
    await first.start()
    await older.execute(_BEGIN_TO_WRITE)
    await second.start()
    await newer.execute(_WRITE, "test.late")
    await older.execute(_WRITE, "test.quick")
    await first.commit()
    reader = Reader()
    for _ in range(3):
        assert await kinds_of(reader, reading, position) == ([], position, True)
    await second.commit()
    seen, _, _ = await kinds_of(reader, reading, position)
    assert seen == ["test.late", "test.quick"]


async def test_an_event_rolled_back_is_passed_over(connect: Any) -> None:
    writing, reading = await connect(), await connect()
    position = await start(reading)
    transaction = writing.transaction()
    await transaction.start()
    await writing.execute(_WRITE, "test.never")
    await transaction.rollback()
    await writing.execute(_WRITE, "test.kept")
    reader = Reader()
    assert (await kinds_of(reader, reading, position))[2]
    assert (await kinds_of(reader, reading, position))[0] == ["test.kept"]


async def test_a_transaction_that_writes_no_events_keeps_nobody_waiting(connect: Any) -> None:
    """Neither a long import of something else nor another database of the server."""
    importing, writing, reading = await connect(), await connect(), await connect()
    position = await start(reading)
    transaction = importing.transaction()
    await transaction.start()
    await importing.execute(_BEGIN_TO_WRITE)
    abandoned = writing.transaction()
    await abandoned.start()
    await writing.execute(_WRITE, "test.never")
    await abandoned.rollback()
    await writing.execute(_WRITE, "test.kept")
    reader = Reader()
    await reader.read(reading, position)
    assert (await kinds_of(reader, reading, position))[0] == ["test.kept"]
    await transaction.rollback()


async def test_only_the_kinds_asked_for_come_but_the_position_moves_past_all(connect: Any) -> None:
    reading = await connect()
    position = await start(reading)
    for kind in ("test.a", "test.b", "test.a", "test.c"):
        await reading.execute(_WRITE, kind)
    batch = await Reader(["test.a"]).read(reading, position)
    assert [event.kind for event in batch.events] == ["test.a", "test.a"]
    assert batch.position == position + 4


async def test_a_full_batch_says_that_there_is_more(connect: Any) -> None:
    reading = await connect()
    position = await start(reading)
    for _ in range(3):
        await reading.execute(_WRITE, "test.a")
    reader = Reader()
    first = await reader.read(reading, position, limit=2)
    assert (len(first.events), first.more) == (2, True)
    second = await reader.read(reading, first.position, limit=2)
    assert (len(second.events), second.more) == (1, False)


async def test_many_writers_with_slow_commits_and_rollbacks_lose_nothing(connect: Any) -> None:
    reading = await connect()
    position = await start(reading)
    dice = random.Random(7)
    written: set[int] = set()
    per_writer: dict[str, list[int]] = {}

    async def write(name: str) -> None:
        connection = await connect()
        per_writer[name] = []
        for _ in range(EACH):
            transaction = connection.transaction()
            await transaction.start()
            if dice.random() < 0.5:
                await connection.execute(_BEGIN_TO_WRITE)
                await connection.execute("SELECT pg_sleep($1)", dice.random() * 0.01)
            count = dice.randrange(1, 4)
            ids = [await connection.fetchval(_WRITE, name) for _ in range(count)]
            await connection.execute("SELECT pg_sleep($1)", dice.random() * 0.02)
            if dice.random() < 0.2:
                await transaction.rollback()
            else:
                await transaction.commit()
                written.update(ids)
                per_writer[name] += ids

    async def read(done: asyncio.Event) -> list[tuple[int, str]]:
        seen: list[tuple[int, str]] = []
        reader, at = Reader(), position
        while True:
            ended = done.is_set()
            batch = await reader.read(reading, at, limit=17)
            seen += [(event.id, event.kind) for event in batch.events]
            at = batch.position
            if ended and not batch.more and not batch.waits:
                return seen

    done = asyncio.Event()
    task = asyncio.create_task(read(done))
    await asyncio.gather(*(write(f"test.writer{n}") for n in range(WRITERS)))
    done.set()
    seen = await task
    assert {number for number, _ in seen} == written
    assert [number for number, _ in seen] == sorted(written)
    for name, ids in per_writer.items():
        assert [number for number, kind in seen if kind == name] == ids
