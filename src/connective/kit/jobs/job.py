"""What a feature's `jobs.py` declares in JOBS and SCHEDULES."""

from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import msgspec

from connective.kit.context import Ctx
from connective.kit.plugins import Point


class Job(msgspec.Struct, frozen=True):
    """Work asked for by `ctx.enqueue(name, **ids)`; takes ids only and may run twice.

    Each run is one unit of work. After `tries` failures it is held and shown on System Status.
    """

    name: str
    run: Callable[..., Awaitable[None]]
    tries: int = 5
    at_once: int = 0  # how many at a time over all processes; 0 for no limit


class Schedule(msgspec.Struct, frozen=True):
    """Work done again and again by one process at a time; `cron` in UTC."""

    name: str
    cron: str
    run: Callable[[Ctx], Awaitable[Any]]


jobs: Point[Iterable[Job]] = Point()
schedules: Point[Iterable[Schedule]] = Point()
