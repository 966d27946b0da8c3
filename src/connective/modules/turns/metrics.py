"""What Prometheus reads of turns. Measured by the group: a turn itself pays nothing."""

from collections.abc import Callable

from prometheus_client import Histogram
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit import clock, metrics
from connective.modules.turns.queries import lines
from connective.modules.turns.queue import Process, queue
from connective.modules.turns.work import Work

turn_seconds = Histogram(
    "connective_turn_seconds",
    "From the start of a group of turns to its commit",
    registry=metrics.registry,
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
group_size = Histogram(
    "connective_turn_group_size",
    "How many events shared one transaction",
    registry=metrics.registry,
    buckets=(1, 2, 4, 8, 16, 32, 64),
)


def measured(process: Process) -> Process:
    """The same, with each group measured once, whether it went well or not."""

    async def timed(group: list[Work], computed: Callable[[], None]) -> list[Work]:
        began = clock.monotonic()
        try:
            return await process(group, computed)
        finally:
            turn_seconds.observe(clock.monotonic() - began)
            group_size.observe(len(group))

    return timed


async def _read(db: AsyncConnection) -> metrics.Readings:
    """The line of this process; what stands aside, actions asked for, files to fetch."""
    found: dict[tuple[str, str], float] = {
        ("queue_depth", "turns"): queue().depth,
        ("queue_oldest_seconds", "turns"): queue().waiting_s,
    }
    now = clock.now()
    for name, depth, oldest in await lines.waiting(db, now):
        found["queue_depth", name] = depth
        age = (now - oldest).total_seconds() if oldest is not None else 0.0
        found["queue_oldest_seconds", name] = max(0.0, age)
    return found


METRICS = [_read]
