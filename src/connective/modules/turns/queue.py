"""Gathers what waits into groups, so that many turns share one transaction.

A chat always falls to the same shard of a process, which keeps its order and keeps the shards
from waiting for each other. One event alone never waits: a group is whatever came while the
last one was being written.
"""

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from connective.kit import clock, errors
from connective.kit.http.problem import is_outage
from connective.modules.turns.work import Taken, Work

SHARDS = 4
GROUP = 64
LIMIT = 5000
log = logging.getLogger(__name__)

Process = Callable[[list[Work]], Awaitable[list[Work]]]
Alone = Callable[[Work], Awaitable[None]]


class Shard:
    """A line of work and the task that takes it."""

    def __init__(self, process: Process, alone: Alone) -> None:
        self._process, self._alone = process, alone
        self._line: deque[tuple[float, Work]] = deque()
        self._woken = asyncio.Event()
        self._apart: set[asyncio.Task[None]] = set()
        self._stopping = False

    def put(self, work: Work) -> None:
        self._line.append((clock.monotonic(), work))
        self._woken.set()

    @property
    def waiting_s(self) -> float:
        """How long the oldest piece has been waiting."""
        return clock.monotonic() - self._line[0][0] if self._line else 0.0

    def __len__(self) -> int:
        return len(self._line)

    async def run(self) -> None:
        while not (self._stopping and not self._line):
            await self._woken.wait()
            self._woken.clear()
            while self._line:
                count = min(GROUP, len(self._line))
                await self._take([self._line.popleft()[1] for _ in range(count)])
        await asyncio.gather(*self._apart)

    def stop(self) -> None:
        """End after the line is empty."""
        self._stopping = True
        self._woken.set()

    async def _take(self, group: list[Work]) -> None:
        try:
            busy = await self._process(group)
        except Exception as failure:  # noqa: BLE001 - whatever it is, the others must go on
            await self._failed(group, failure)
            return
        kept = {id(work) for work in busy}
        for work in group:
            if id(work) not in kept:
                finish(work)
        if busy:
            # A dialog that another process holds is waited for apart, and stalls nobody.
            task = asyncio.create_task(self._singly(busy))
            self._apart.add(task)
            task.add_done_callback(self._apart.discard)

    async def _failed(self, group: list[Work], failure: Exception) -> None:
        """An outage fails all of the group; anything else is tried again one by one."""
        if len(group) == 1 or is_outage(failure):
            for work in group:
                fail(work, failure)
            return
        log.warning("a group failed, its %d events are taken singly: %r", len(group), failure)
        await self._singly(group)

    async def _singly(self, group: list[Work]) -> None:
        for work in group:
            try:
                await self._alone(work)
            except Exception as failure:  # noqa: BLE001 - one bad event must not spoil the others
                fail(work, failure)
            else:
                finish(work)


def finish(work: Work) -> None:
    if work.done is not None and not work.done.done():
        work.done.set_result(work.result)


def fail(work: Work, failure: Exception) -> None:
    if not isinstance(failure, errors.Problem) and not is_outage(failure):
        log.error("a turn failed", exc_info=failure)
    if work.done is not None and not work.done.done():
        work.done.set_exception(failure)


class Queue:
    """The lines of one process."""

    def __init__(self, process: Process, alone: Alone) -> None:
        self._shards = [Shard(process, alone) for _ in range(SHARDS)]
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        self._tasks = [asyncio.create_task(s.run(), name="turns") for s in self._shards]

    async def stop(self) -> None:
        for shard in self._shards:
            shard.stop()
        await asyncio.gather(*self._tasks)

    def submit(self, work: Work) -> "asyncio.Future[Taken]":
        """Put a piece of work into its line; the future has its outcome after the commit."""
        work.done = asyncio.get_running_loop().create_future()
        shard = self._shards[hash(work.key) % SHARDS]
        if len(shard) >= LIMIT:
            raise errors.Unavailable("turns_overloaded", retry_after=5)
        shard.put(work)
        return work.done

    @property
    def depth(self) -> int:
        return sum(len(shard) for shard in self._shards)

    @property
    def waiting_s(self) -> float:
        return max(shard.waiting_s for shard in self._shards)


_queue: Queue | None = None


def queue() -> Queue:
    """The queue of this process."""
    if _queue is None:
        raise RuntimeError("turns are not running in this process")
    return _queue


@asynccontextmanager
async def running(process: Process, alone: Alone) -> AsyncIterator[Queue]:
    """Keep the process's queue while the block runs; what was put in is finished at its end."""
    global _queue  # noqa: PLW0603
    _queue = Queue(process, alone)
    _queue.start()
    try:
        yield _queue
    finally:
        closing, _queue = _queue, None
        await closing.stop()
