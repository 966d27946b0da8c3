"""What other modules use of turns, and the queue that a process keeps while it runs."""

from contextlib import AbstractAsyncContextManager

from connective.kit.settings import Settings
from connective.modules.dialogs import service as dialogs
from connective.modules.turns import group, journal, slow
from connective.modules.turns.history import detail as run
from connective.modules.turns.history import listed as runs
from connective.modules.turns.metrics import METRICS, measured
from connective.modules.turns.models import run_ids
from connective.modules.turns.queue import Queue, queue
from connective.modules.turns.queue import running as queue_running
from connective.modules.turns.replay import Difference, Replayed, changes
from connective.modules.turns.replay import dialog as replay
from connective.modules.turns.running import (
    WAIT_S,
    Standing,
    Target,
    account_for,
    cancel,
    plan,
    promise,
    settled,
    start,
)
from connective.modules.turns.work import Origin

__all__ = [
    "METRICS",
    "WAIT_S",
    "Difference",
    "Origin",
    "Replayed",
    "Standing",
    "Target",
    "account_for",
    "cancel",
    "changes",
    "plan",
    "promise",
    "queue",
    "replay",
    "resources",
    "run",
    "runs",
    "settled",
    "start",
]


def resources(_: Settings) -> AbstractAsyncContextManager[Queue]:
    """The process's queue of turns."""
    run_ids.forget()
    slow.forget()
    return queue_running(measured(group.process), group.alone)


dialogs.recorders.offer("turns", journal.note)
