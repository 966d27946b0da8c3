"""Runs queued and scheduled jobs until the stop; one connection of its own for the queue."""

import asyncio
import contextlib
import functools
import logging
from collections.abc import Iterator
from datetime import timedelta

import asyncpg
import structlog
from pgqueuer import DatabaseRetryEntrypointExecutor, PgQueuer
from pgqueuer.executors import EntrypointExecutorParameters
from pgqueuer.models import Job as Row
from pgqueuer.models import Schedule as ScheduleRow
from prometheus_client import Histogram
from sqlalchemy import URL

from connective.kit import clock
from connective.kit.context import unit_of_work
from connective.kit.db.engine import engine
from connective.kit.jobs.job import Job, Schedule, jobs, schedules
from connective.kit.loops import Loop
from connective.kit.metrics import registry
from connective.kit.queue import rows

# The library looks again after LOOK_S even without a notice; a dead worker's jobs are taken over
# HEARTBEAT_S after its last beat. The sum keeps within the ten seconds of a take-over.
LOOK = timedelta(seconds=3)
HEARTBEAT = timedelta(seconds=6)
FIRST_DELAY = timedelta(seconds=2)
BATCH = 10
AT_ONCE = 20
log = logging.getLogger(__name__)
seconds = Histogram(
    "connective_job_seconds",
    "How long background jobs took, by job and by how they ended",
    ["job", "outcome"],
    registry=registry,
    buckets=(0.01, 0.05, 0.1, 0.5, 1, 5, 30, 120, 600),
)


async def run(stop: asyncio.Event) -> None:
    """Work until the stop; what runs then is finished first."""
    connection = await asyncpg.connect(_dsn(engine().url), timeout=5)
    try:
        worker = PgQueuer.from_asyncpg_connection(connection)
        _register(worker)
        ending = asyncio.create_task(_pass_on(stop, worker))
        try:
            await worker.run(
                dequeue_timeout=LOOK,
                batch_size=BATCH,
                max_concurrent_tasks=AT_ONCE,
                heartbeat_timeout=HEARTBEAT,
                shutdown_on_listener_failure=True,
            )
        finally:
            ending.cancel()
    finally:
        await connection.close(timeout=2)


async def _pass_on(stop: asyncio.Event, worker: PgQueuer) -> None:
    await stop.wait()
    worker.shutdown.set()


def _register(worker: PgQueuer) -> None:
    for job in (job for group in jobs for job in group):
        executor = functools.partial(_executor, job)
        worker.entrypoint(
            job.name,
            concurrency_limit=job.at_once,
            on_failure="hold",
            executor_factory=executor,
        )(functools.partial(_work, job))
    for schedule in (schedule for group in schedules for schedule in group):
        worker.schedule(schedule.name, schedule.cron)(functools.partial(_tick, schedule))


def _executor(job: Job, given: EntrypointExecutorParameters) -> DatabaseRetryEntrypointExecutor:
    return DatabaseRetryEntrypointExecutor(
        given, max_attempts=job.tries - 1, initial_delay=FIRST_DELAY
    )


async def _work(job: Job, row: Row) -> None:
    bound = structlog.contextvars.bound_contextvars(job_id=int(row.id), job=job.name)
    with bound, _measured(job.name):
        async with unit_of_work() as ctx:
            await job.run(ctx, **rows.ids_of(row.payload))


async def _tick(schedule: Schedule, _: ScheduleRow) -> None:
    with structlog.contextvars.bound_contextvars(job=schedule.name), _measured(schedule.name):
        async with unit_of_work() as ctx:
            await schedule.run(ctx)


@contextlib.contextmanager
def _measured(name: str) -> Iterator[None]:
    began, outcome = clock.monotonic(), "failed"
    try:
        yield
        outcome = "done"
    finally:
        seconds.labels(name, outcome).observe(clock.monotonic() - began)


def _dsn(url: URL) -> str:
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


LOOP = Loop("jobs", "worker", run)
