"""Looks at what lies beyond the processes: readers of the log, endpoints, certificates, backups."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit import clock, egress, instance
from connective.kit.db.engine import engine
from connective.kit.egress import EgressError, TlsFailed
from connective.kit.health import Finding
from connective.kit.metrics import Readings
from connective.modules.settings import queries

LAG_S = 60.0
ASIDE_SHOWN = timedelta(days=1)
SOON = timedelta(days=14)
HOSTS = 20
BACKUP_DUE = timedelta(days=7)
ASKED_EVERY_S = 3600.0
ASKED_AGAIN_S = 60.0  # after a failure

Place = tuple[str, int]
# until when what is known of a host counts, and the end of its certificate or why there is none
_known: dict[Place, tuple[float, datetime | EgressError]] = {}


async def events(db: AsyncConnection) -> Finding:
    """How far the readers of the event log are behind."""
    now = clock.now()
    lags = await queries.event_lag(db)
    waits = [(now - row.next_at).total_seconds() for row in lags if row.next_at is not None]
    aside = await queries.events_aside(db, now - ASIDE_SHOWN)
    behind = max((row.behind for row in lags), default=0)
    facts = {"behind": behind, "lag_seconds": round(max(waits, default=0.0)), "aside": aside}
    if facts["lag_seconds"] > LAG_S:
        return Finding("warn", "late", facts)
    return Finding("warn" if aside else "ok", "aside" if aside else "read", facts)


async def endpoints(db: AsyncConnection) -> Finding:
    """Addresses that do not take what is sent to them."""
    found = await queries.endpoint_health(db)
    facts = {"failing": found.failing, "disabled": found.disabled, "names": found.names or ""}
    trouble = found.failing or found.disabled
    return Finding("warn" if trouble else "ok", "failing" if trouble else "take", facts)


async def backup(db: AsyncConnection) -> Finding:
    """How old the last backup is; a young instance is not reminded yet."""
    now = clock.now()
    last, own = await queries.last_backup(db), await queries.the_instance(db)
    if last is not None:
        age = now - last.made_at
        facts = {"age_seconds": round(age.total_seconds()), "file_bytes": last.bytes}
        return Finding("warn" if age > BACKUP_DUE else "ok", "made", facts)
    young = own is None or now - own.created_at <= BACKUP_DUE
    return Finding("off" if young else "warn", "never")


async def readings(db: AsyncConnection) -> Readings:
    """Lag of each reader of the event log, and how many endpoints are in trouble."""
    now = clock.now()
    found: dict[tuple[str, str], float] = {}
    for row in await queries.event_lag(db):
        waits = (now - row.next_at).total_seconds() if row.next_at is not None else 0.0
        found["event_lag_seconds", row.listener] = max(0.0, waits)
        found["events_behind", row.listener] = row.behind
    found["events_put_aside", ""] = await queries.events_aside(db, now - ASIDE_SHOWN)
    health = await queries.endpoint_health(db)
    found["endpoints", "failing"] = health.failing
    found["endpoints", "disabled"] = health.disabled
    return found


async def certificates() -> Finding:
    """The certificate of our own address and those of the addresses that are called."""
    async with engine().connect() as db:
        urls = await queries.https_urls(db, HOSTS)
    places = _places([instance.settings().base_url, *urls])
    if not places:
        return Finding("off", "none")
    found = dict(zip(places, await asyncio.gather(*map(_end_of, places)), strict=True))
    refused = [f"{place[0]} ({end})" for place, end in found.items() if isinstance(end, TlsFailed)]
    ends = {place: end for place, end in found.items() if isinstance(end, datetime)}
    if refused:
        return Finding("error", "refused", {"hosts": ", ".join(refused)})
    if not ends:
        return Finding("off", "unreached", {"hosts": ", ".join(place[0] for place in places)})
    first = min(ends, key=lambda place: ends[place])
    left = ends[first] - clock.now()
    facts = {"host": first[0], "left_seconds": int(left.total_seconds()), "hosts": len(ends)}
    return Finding("warn" if left < SOON else "ok", "good", facts)


def _places(urls: Sequence[str]) -> list[Place]:
    parts = [urlsplit(url) for url in urls if url.startswith("https://")]
    return list(dict.fromkeys((part.hostname or "", part.port or 443) for part in parts))


async def _end_of(place: Place) -> datetime | EgressError:
    """Asked once an hour: the status is looked at more often than certificates change."""
    known = _known.get(place)
    if known is not None and known[0] > clock.monotonic():
        return known[1]
    found: datetime | EgressError
    try:
        found = await egress.default().certificate_end(*place)
    except EgressError as failure:
        found = failure
    for_s = ASKED_EVERY_S if isinstance(found, datetime) else ASKED_AGAIN_S
    _known[place] = (clock.monotonic() + for_s, found)
    return found


def forget_certificates() -> None:
    """Ask anew at the next look."""
    _known.clear()
