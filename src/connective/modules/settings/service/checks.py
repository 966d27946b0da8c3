"""Looks at what every instance stands on."""

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit import clock, disk, instance, metrics
from connective.kit.db.engine import engine
from connective.kit.events import partitions
from connective.kit.health import Check, Finding, State
from connective.kit.mail import post
from connective.kit.processes import beat
from connective.kit.queue import rows
from connective.kit.storage import storage
from connective.modules.settings import queries
from connective.modules.settings.service import beyond

SKEW_S = 2.0
LATE_S = 300.0
PROBE_KEY = "probe/write-test"


def _connected(look: Callable[[AsyncConnection], Awaitable[Finding]]) -> Any:
    async def run() -> Finding:
        async with engine().connect() as db:
            return await look(db)

    return run


async def _database(db: AsyncConnection) -> Finding:
    found = await queries.database(db)
    facts = {"version": found.version, "bytes": found.bytes, "connections": found.connections}
    return Finding("ok", "up", facts)


async def _clock(db: AsyncConnection) -> Finding:
    here = clock.now()
    skew = abs((await queries.database(db)).at.timestamp() - here.timestamp())
    return Finding("ok" if skew <= SKEW_S else "warn", "skew", {"seconds": round(skew, 2)})


async def _partitions(db: AsyncConnection) -> Finding:
    missing, in_rest = await partitions.check(db, clock.now())
    if missing:
        return Finding("warn", "missing", {"names": ", ".join(missing)})
    if in_rest:
        return Finding("warn", "in_rest", {"events": in_rest})
    return Finding("ok", "ahead", {"months": partitions.MONTHS_AHEAD})


async def _workers(db: AsyncConnection) -> Finding:
    alive = await beat.living(db, since=clock.now() - beat.ALIVE)
    facts = {"web": alive.get("web", 0), "worker": alive.get("worker", 0)}
    return Finding(
        "ok" if facts["worker"] else "error", "alive" if facts["worker"] else "none", facts
    )


async def _jobs(db: AsyncConnection) -> Finding:
    depth = await rows.depth(db)
    facts = {name: depth[name] for name in ("waiting", "running", "failed")}
    facts["oldest_seconds"] = round(depth["oldest_s"])
    if depth["failed"]:
        return Finding("warn", "failed", facts)
    late = depth["oldest_s"] > LATE_S
    return Finding("warn" if late else "ok", "late" if late else "depth", facts)


async def _deliveries(db: AsyncConnection) -> Finding:
    found = await queries.open_deliveries(db)
    age = (clock.now() - found.oldest).total_seconds() if found.oldest else 0
    facts = {"open": found.open, "parked": found.parked, "oldest_seconds": round(age)}
    return Finding("warn" if age > LATE_S or found.parked else "ok", "open", facts)


async def _storage() -> Finding:
    kept = storage()
    await kept.put(PROBE_KEY, b"1")
    await kept.delete(PROBE_KEY)
    return Finding(
        "ok", "writes", {"where": urlsplit(instance.settings().storage_url).scheme or "file"}
    )


async def _disk() -> Finding:
    found = disk.look(instance.settings().data_dir)
    code = found.state if not found.holds else "free"
    state: State = "ok" if found.state == "free" else "warn" if found.holds else "error"
    return Finding(state, code, {"free_bytes": found.free, "total_bytes": found.total})


async def _mail() -> Finding:
    url = instance.settings().smtp_url
    if not url:
        return Finding("off", "kept")
    host = urlsplit(url).hostname or ""
    try:
        await post.probe()
    except post.Refused as failure:
        return Finding("error", "refused", {"host": host, "error": str(failure)})
    return Finding("ok", "answers", {"host": host})


CHECKS = [
    Check("database", _connected(_database)),
    Check("clock", _connected(_clock)),
    Check("partitions", _connected(_partitions)),
    Check("workers", _connected(_workers)),
    Check("jobs", _connected(_jobs)),
    Check("events", _connected(beyond.events)),
    Check("deliveries", _connected(_deliveries)),
    Check("endpoints", _connected(beyond.endpoints)),
    Check("certificates", beyond.certificates),
    Check("backup", _connected(beyond.backup)),
    Check("storage", _storage),
    Check("disk", _disk),
    Check("mail", _mail),
]


async def _read(db: AsyncConnection) -> metrics.Readings:
    """Depths and ages of what waits, and how many processes live."""
    jobs, open_ones = await rows.depth(db), await queries.open_deliveries(db)
    alive = await beat.living(db, since=clock.now() - beat.ALIVE)
    age = (clock.now() - open_ones.oldest).total_seconds() if open_ones.oldest else 0.0
    return {
        **await beyond.readings(db),
        ("queue_depth", "jobs"): jobs["waiting"],
        ("queue_depth", "deliveries"): open_ones.open,
        ("queue_oldest_seconds", "jobs"): jobs["oldest_s"],
        ("queue_oldest_seconds", "deliveries"): age,
        ("jobs_failed", ""): jobs["failed"],
        ("deliveries_parked", ""): open_ones.parked,
        ("processes", "web"): alive.get("web", 0),
        ("processes", "worker"): alive.get("worker", 0),
    }


METRICS = [_read]
