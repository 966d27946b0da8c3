"""Long-lived loops of a process: started by role, restarted when they fail, stopped in order."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Literal

import msgspec

from connective.kit import clock

Role = Literal["web", "worker"]
RESTART_S = 1.0
# A loop that is woken, and asked for by `Due`, looks by itself only in case both were lost.
SWEEP_S = 30.0
log = logging.getLogger(__name__)


class Due(msgspec.Struct, frozen=True):
    """Wakes `topic` while one of `asks` is true: each a SELECT of one truth, $1 in it the moment.

    With `min(due_at) <= $1` or `ORDER BY ... LIMIT 1` PostgreSQL looks at the end of an index. Told
    only that some row is wanted, it may read the table until it finds that there is none.
    """

    topic: str
    asks: tuple[str, ...]


class Loop(msgspec.Struct, frozen=True):
    """A coroutine that runs until `stop` is set, finishing what it has begun.

    `due` finds the work that nobody wakes the loop for, because only its time comes (kit.due).
    """

    name: str
    role: Role
    run: Callable[[asyncio.Event], Awaitable[None]]
    due: Due | None = None


class Running:
    """The loops of one process, and how each of them does."""

    def __init__(self, loops: Sequence[Loop]) -> None:
        self.loops = loops
        self._stop = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self.failures: dict[str, tuple[float, str]] = {}

    def start(self) -> None:
        """Begin every loop; each is kept going until `stop`."""
        self._tasks = [asyncio.create_task(self._keep(x), name=x.name) for x in self.loops]

    async def stop(self, within_s: float) -> None:
        """Ask every loop to end; cancel those that have not after the given time."""
        self._stop.set()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=within_s)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _keep(self, loop: Loop) -> None:
        while not self._stop.is_set():
            try:
                await loop.run(self._stop)
            except Exception as failure:
                self.failures[loop.name] = (clock.monotonic(), repr(failure))
                log.exception("loop %s failed, starting it again", loop.name)
                await pause(self._stop, RESTART_S)


async def pause(stop: asyncio.Event, seconds: float) -> None:
    """Wait, but not longer than until the stop."""
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return


async def idle(stop: asyncio.Event, woken: asyncio.Event, seconds: float) -> None:
    """Wait for a wake-up, the stop or the time of the next sweep, whichever comes first."""
    waits = [asyncio.ensure_future(woken.wait()), asyncio.ensure_future(stop.wait())]
    try:
        await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()
        woken.clear()
