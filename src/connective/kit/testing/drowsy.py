"""Loops of an app under test sleep until they are woken: most tests need only a few of them.

A loop sweeps when it starts, so one that starts late misses only sweeps that find nothing. Some
thirty of those, at the start of every app, would cost more than most tests.
"""

import asyncio
from collections import defaultdict
from contextvars import ContextVar
from typing import Any

import pytest

from connective.kit import wake
from connective.kit.loops import Loop, Running, idle
from connective.kit.queue import rows

# What looks by itself begins this late.
LATEST_S = 0.5
NEVER_S = 3600
QUEUE = "jobs"
# Listeners that begin with the next event must not miss the one that wakes them: all begin with
# the first event of the test.
KEEP_CURSORS = """
UPDATE event_cursors SET position = 0;
CREATE TABLE test_support.seed_event_cursors AS SELECT * FROM event_cursors;
INSERT INTO test_support.seeded SELECT 'event_cursors', string_agg(column_name, ', '
  ORDER BY ordinal_position) FROM information_schema.columns
  WHERE table_schema = 'public' AND table_name = 'event_cursors';
"""
_loop: ContextVar[str] = ContextVar("the loop that waits", default="")


class Heard(defaultdict[str, set[asyncio.Event]]):
    """The waiters of all topics; notes which loop waits for which."""

    def __init__(self) -> None:
        super().__init__(set)
        self.topics: defaultdict[str, set[str]] = defaultdict(set)

    def __getitem__(self, topic: str) -> set[asyncio.Event]:
        self.topics[_loop.get()].add(topic)
        return super().__getitem__(topic)


def make_drowsy(patch: pytest.MonkeyPatch) -> None:
    """From now on a loop of a worker whose topics are known starts when one of them is woken."""
    heard = Heard()
    heard.topics[QUEUE].add(QUEUE)
    keep, put = Running._keep, rows.put  # noqa: SLF001

    async def keep_when_woken(running: Any, loop: Loop) -> None:
        topics = heard.topics[loop.name] if loop.role == "worker" else set()
        if topics:
            with wake.waiter(*topics) as woken:
                await idle(running._stop, woken, _latest_s(loop))  # noqa: SLF001
        _loop.set(loop.name)
        await keep(running, loop)

    async def put_and_wake(*given: Any) -> None:
        await put(*given)
        wake.wake(QUEUE, others=False)

    patch.setattr(wake, "_waiting", heard)
    patch.setattr(Running, "_keep", keep_when_woken)
    patch.setattr(rows, "put", put_and_wake)


def _latest_s(loop: Loop) -> float:
    """Others look after what is due, and after listeners: they wake whoever has something to do."""
    return NEVER_S if loop.due or loop.name.startswith("listener ") else LATEST_S
