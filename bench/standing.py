"""The server at rest: its memory, and how soon it is ready when its data are there."""

import tempfile
import time
from pathlib import Path

import msgspec

from bench import instance

SETTLE_S = 3.0
STARTS = 5


class Found(msgspec.Struct):
    """Megabytes of the idle process without PostgreSQL; seconds of each start but the first."""

    idle_mb: float
    starts_s: list[float]


def measure() -> Found:
    """The first start makes the database; the following ones are measured."""
    with tempfile.TemporaryDirectory() as folder:
        with instance.serving(Path(folder)) as first:
            time.sleep(SETTLE_S)
            idle = first.resident_mb()
        starts = []
        for _ in range(STARTS):
            with instance.serving(Path(folder)) as again:
                starts.append(again.took_s)
    return Found(idle, starts)
