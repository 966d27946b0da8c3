"""What Prometheus reads: counters of this process, and gauges asked from the database."""

from collections.abc import Awaitable, Callable, Iterable, Mapping

from prometheus_client import (
    CollectorRegistry,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit.plugins import Point

# (name, label) -> value; the label is empty for a gauge without one
Readings = Mapping[tuple[str, str], float]
Read = Callable[[AsyncConnection], Awaitable[Readings]]

MEDIA_TYPE = CONTENT_TYPE_LATEST
registry = CollectorRegistry()
ProcessCollector(registry=registry)
PlatformCollector(registry=registry)

http_seconds = Histogram(
    "connective_http_request_seconds",
    "How long requests took, by route",
    ["method", "route", "status"],
    registry=registry,
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
readers: Point[Iterable[Read]] = Point()
_gauges: dict[str, Gauge] = {}


async def render(db: AsyncConnection) -> bytes:
    """The metrics of this process in Prometheus' text form, with fresh gauges."""
    for (name, label), value in (await readings(db)).items():
        _gauge(name).labels(label).set(value)
    return generate_latest(registry)


async def readings(db: AsyncConnection) -> Readings:
    """Everything that features measure by asking the database."""
    found: dict[tuple[str, str], float] = {}
    for read in (read for group in readers for read in group):
        found |= await read(db)
    return found


def _gauge(name: str) -> Gauge:
    if name not in _gauges:
        full = f"connective_{name}"
        _gauges[name] = Gauge(full, name.replace("_", " "), ["of"], registry=registry)
    return _gauges[name]
