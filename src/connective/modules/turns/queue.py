"""Gathers what waits into groups, so that many turns share one transaction.

Groups of one process overlap: while the database writes one, the next is computed. Only one is
computed at a time: two that shared the processor would both end as late as the second. Behind a
group that is written the next starts when enough waits for it, or after a moment; when nothing is
under way, one event alone starts at once. Events of one chat keep their order: a chat that is in a
group under way is left in the line.
"""

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from connective.kit import clock, errors
from connective.kit.http.problem import is_outage
from connective.modules.dialogs.service import Key
from connective.modules.turns.work import Taken, Work

GROUP = 64
AT_ONCE = 3
ENOUGH = 32
BESIDE_FEW = 2  # fewer than enough never make a third group
PATIENCE_S = 0.002
STALLED_S = 0.1  # a group that waits for somebody's lock keeps others waiting no longer
LIMIT = 20_000
log = logging.getLogger(__name__)

# Takes a group, and says when it is computed and the rest is up to the database.
Process = Callable[[list[Work], Callable[[], None]], Awaitable[list[Work]]]
Alone = Callable[[Work], Awaitable[None]]


class Queue:
    """The line of one process and the groups under way."""

    def __init__(self, process: Process, alone: Alone) -> None:
        self._process, self._alone = process, alone
        self._line: deque[tuple[float, Work]] = deque()
        self._chats: set[Key] = set()
        self._groups: set[asyncio.Task[None]] = set()
        self._computed: list[Work] | None = None  # the group that is computed now
        self._singles: set[asyncio.Task[None]] = set()
        self._apart = 0
        self._patience: asyncio.TimerHandle | None = None

    def submit(self, work: Work) -> "asyncio.Future[Taken]":
        """Put a piece of work into the line; the future has its outcome after the commit."""
        if self.depth >= LIMIT:
            raise errors.Unavailable("turns_overloaded", retry_after=5)
        work.done = asyncio.get_running_loop().create_future()
        self._line.append((clock.monotonic(), work))
        self._start()
        return work.done

    @property
    def depth(self) -> int:
        """What waits: in the line, and apart from the groups."""
        return len(self._line) + self._apart

    @property
    def waiting_s(self) -> float:
        """How long the oldest piece has been waiting."""
        return clock.monotonic() - self._line[0][0] if self._line else 0.0

    async def stop(self) -> None:
        """Finish what was put in."""
        while self._groups or self._singles or self._line:
            self._start(hurry=True)
            await asyncio.wait(self._groups | self._singles)
        if self._patience is not None:
            self._patience.cancel()

    def _start(self, *, hurry: bool = False) -> None:
        while self._line and self._computed is None:
            under_way, few = len(self._groups), len(self._line) < ENOUGH
            if few and under_way == 1 and not hurry:
                self._wait_a_little()
                return
            if under_way >= (BESIDE_FEW if few else AT_ONCE):
                return
            group = self._pick()
            if not group:
                return
            self._computed = group
            asyncio.get_running_loop().call_later(STALLED_S, self._is_computed, group)
            task = asyncio.create_task(self._take(group), name="turns")
            self._groups.add(task)
            task.add_done_callback(self._ended)

    def _wait_a_little(self) -> None:
        if self._patience is None:
            loop = asyncio.get_running_loop()
            self._patience = loop.call_later(PATIENCE_S, self._waited)

    def _waited(self) -> None:
        self._patience = None
        self._start(hurry=True)

    def _pick(self) -> list[Work]:
        """The first pieces of the line whose chats are free; the others stay in their order."""
        group: list[Work] = []
        left: list[tuple[float, Work]] = []
        while self._line and len(group) < GROUP:
            piece = self._line.popleft()
            if piece[1].key in self._chats:
                left.append(piece)
            else:
                group.append(piece[1])
        self._line.extendleft(reversed(left))
        self._chats.update(work.key for work in group)
        return group

    def _is_computed(self, group: list[Work]) -> None:
        """The next may be computed while the database writes this one."""
        if self._computed is group:
            self._computed = None
            self._start()

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._groups.discard(task)
        self._start()

    async def _take(self, group: list[Work]) -> None:
        apart: list[Work] = []
        try:
            apart = await self._process(group, lambda: self._is_computed(group))
        except Exception as failure:  # noqa: BLE001 - whatever it is, the others must go on
            if is_outage(failure):
                self._refuse_behind({work.key for work in group}, failure)
            if len(group) == 1 or is_outage(failure):
                self._finish(group, failure)
                return
            log.warning("a group failed, its %d events are taken singly: %r", len(group), failure)
            apart = group
        finally:
            self._is_computed(group)
        later = {id(work) for work in apart}
        self._finish([work for work in group if id(work) not in later])
        if apart:
            # A dialog that another process holds is waited for apart, and stalls nobody.
            task = asyncio.create_task(self._singly(apart), name="turns apart")
            self._singles.add(task)
            task.add_done_callback(self._singles.discard)

    async def _singly(self, group: list[Work]) -> None:
        waiting = {work.key for work in group}
        self._apart += len(group)
        out: dict[Key, Exception] = {}
        try:
            for work in group:
                settle(work, out.get(work.key) or await self._by_itself(work, out))
                self._apart -= 1
        finally:
            self._chats -= waiting
            self._start()

    async def _by_itself(self, work: Work, out: dict[Key, Exception]) -> Exception | None:
        try:
            await self._alone(work)
        except Exception as failure:  # noqa: BLE001 - one bad event must not spoil others
            if is_outage(failure):
                out[work.key] = failure
                self._refuse_behind({work.key}, failure)
            return failure
        return None

    def _refuse_behind(self, chats: set[Key], failure: Exception) -> None:
        """An outage holds for what follows in these chats too: it must not overtake a repeat."""
        line, self._line = self._line, deque()
        for piece in line:
            if piece[1].key in chats:
                settle(piece[1], failure)
            else:
                self._line.append(piece)

    def _finish(self, group: list[Work], failure: Exception | None = None) -> None:
        for work in group:
            settle(work, failure)
        self._chats.difference_update(work.key for work in group)


def settle(work: Work, failure: Exception | None = None) -> None:
    """Tell whoever waits how it went."""
    if failure is not None and not isinstance(failure, errors.Problem) and not is_outage(failure):
        log.error("a turn failed", exc_info=failure)
    if work.done is None or work.done.done():
        return
    if failure is None:
        work.done.set_result(work.result)
    else:
        work.done.set_exception(failure)


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
    try:
        yield _queue
    finally:
        closing, _queue = _queue, None
        await closing.stop()
