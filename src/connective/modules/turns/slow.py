"""The slow lane: what takes too long for a group is taken alone, one at a time, in a thread.

Which accounts are slow is learnt by each process for itself and forgotten after a while.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Sequence
from typing import TypeVar

from connective.kit import clock
from connective.modules.turns.work import Work

KEPT_S = 600.0
T = TypeVar("T")

_until: dict[int, float] = {}
_lane: asyncio.Lock | None = None


def mark(account_id: int) -> None:
    """Keep this account's turns out of the groups for a while."""
    now = clock.monotonic()
    for known in [known for known, until in _until.items() if until < now]:
        del _until[known]
    _until[account_id] = now + KEPT_S


def is_slow(account_id: int) -> bool:
    return bool(_until) and _until.get(account_id, 0.0) > clock.monotonic()


def parted(group: Sequence[Work]) -> tuple[list[Work], list[Work]]:
    """What of a group may go together, and what is slow."""
    quick: list[Work] = []
    late: list[Work] = []
    for work in group:
        (late if is_slow(work.key[0]) else quick).append(work)
    return quick, late


@contextlib.asynccontextmanager
async def lane(account_id: int) -> AsyncIterator[None]:
    """Wait for the lane, when the account is slow, before anything else is held."""
    global _lane  # noqa: PLW0603
    if not is_slow(account_id):
        yield
        return
    _lane = _lane or asyncio.Lock()
    async with _lane:
        yield


async def compute(account_id: int, work: Callable[[], T]) -> T:
    """Do it here, or in a thread when the account is slow, so that others get their turn."""
    return await asyncio.to_thread(work) if is_slow(account_id) else work()


def forget() -> None:
    """Drop what was learnt; a new process begins so."""
    global _lane  # noqa: PLW0603
    _until.clear()
    _lane = None
