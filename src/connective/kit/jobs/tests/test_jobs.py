"""Jobs: put in with the transaction, run, repeated, held when they keep failing."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from connective.kit.context import Ctx, unit_of_work
from connective.kit.jobs import Job, Schedule, worker
from connective.kit.plugins import Point
from connective.kit.queue import rows
from connective.kit.testing.databases import Database
from connective.kit.testing.polling import polled


class Work:
    """Jobs that note what they were given and fail as often as told."""

    def __init__(self) -> None:
        self.done: list[dict[str, Any]] = []
        self.failures = 0

    async def run(self, ctx: Ctx, **ids: Any) -> None:
        self.done.append(ids)
        if len(self.done) <= self.failures:
            raise ValueError("the partner is away")

    async def tick(self, ctx: Ctx) -> None:
        self.done.append({})


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Work:
    own = Work()
    mine: Point[Any] = Point()
    mine.offer("test", [Job("test.work", own.run, tries=2)])
    monkeypatch.setattr(worker, "jobs", mine)
    monkeypatch.setattr(worker, "schedules", Point[Any]())
    monkeypatch.setattr(worker, "FIRST_DELAY", worker.FIRST_DELAY * 0)
    return own


async def until(done: Callable[[], Any]) -> None:
    """Let the worker run until something is true."""
    stop = asyncio.Event()
    running = asyncio.create_task(worker.run(stop))
    try:
        async with asyncio.timeout(20):
            await polled(done)
    finally:
        stop.set()
        await running


async def test_a_job_runs_after_the_commit_with_its_ids(db: Database, work: Work) -> None:
    async with unit_of_work() as ctx:
        ctx.enqueue("test.work", file_id=7, name="x")

    async def empty() -> bool:
        return bool(await db.value("SELECT count(*) FROM pgqueuer") == 0)

    await until(empty)
    assert work.done == [{"file_id": 7, "name": "x"}]


async def test_a_transaction_that_fails_asks_for_nothing(db: Database) -> None:
    async def fail() -> None:
        async with unit_of_work() as ctx:
            ctx.enqueue("test.work", file_id=7)
            await ctx.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    assert await db.value("SELECT count(*) FROM pgqueuer") == 0


async def test_a_failure_is_repeated(db: Database, work: Work) -> None:
    work.failures = 1
    async with unit_of_work() as ctx:
        ctx.enqueue("test.work", file_id=7)

    async def empty() -> bool:
        return bool(await db.value("SELECT count(*) FROM pgqueuer") == 0)

    await until(empty)
    assert work.done == [{"file_id": 7}] * 2


async def test_one_that_keeps_failing_is_held_with_its_reason_and_can_be_repeated(
    db: Database, work: Work
) -> None:
    work.failures = 2
    async with unit_of_work() as ctx:
        ctx.enqueue("test.work", file_id=7)

    async def held() -> bool:
        async with unit_of_work() as ctx:
            return bool(await rows.failed(ctx.db, before=2**62, limit=10))

    await until(held)
    async with unit_of_work() as ctx:
        (job,) = await rows.failed(ctx.db, before=2**62, limit=10)
        assert (job.name, job.ids) == ("test.work", {"file_id": 7})
        assert job.error == "ValueError: the partner is away"
        assert await rows.retry(ctx.db, job.id)

    async def empty() -> bool:
        return bool(await db.value("SELECT count(*) FROM pgqueuer") == 0)

    await until(empty)
    assert len(work.done) == 3


async def test_a_dead_workers_job_is_taken_over_within_ten_seconds(
    db: Database, work: Work
) -> None:
    assert (worker.HEARTBEAT + worker.LOOK).total_seconds() < 10
    await db.execute(
        "INSERT INTO pgqueuer (priority, status, entrypoint, payload, queue_manager_id, heartbeat)"
        " VALUES (0, 'picked', 'test.work', $1, gen_random_uuid(), now() - $2::interval)",
        b'{"file_id":7}',
        worker.HEARTBEAT,
    )

    async def empty() -> bool:
        return bool(await db.value("SELECT count(*) FROM pgqueuer") == 0)

    await until(empty)
    assert work.done == [{"file_id": 7}]


async def test_a_schedule_is_kept_by_one_row_and_runs_when_due(
    db: Database, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine: Point[Any] = Point()
    mine.offer("test", [Schedule("test.tick", "0 0 1 1 *", work.tick)])
    monkeypatch.setattr(worker, "schedules", mine)

    async def known() -> bool:
        return bool(await db.value("SELECT count(*) FROM pgqueuer_schedules"))

    await until(known)
    assert work.done == []
    await db.execute("UPDATE pgqueuer_schedules SET next_run = now() - interval '1 s'")

    async def ran() -> bool:
        return bool(work.done)

    await until(ran)
    assert await db.value("SELECT count(*) FROM pgqueuer_schedules") == 1
