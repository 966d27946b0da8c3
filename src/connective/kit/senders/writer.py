"""Writes outcomes: many deliveries in one transaction, their owners told in it."""

import logging
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy.ext.asyncio import AsyncEngine

from connective.kit.auth_policy import SYSTEM
from connective.kit.context import Ctx, unit_of_work
from connective.kit.http.problem import is_outage
from connective.kit.senders import health, queries
from connective.kit.senders.flight import Flight, Report
from connective.kit.senders.kinds import KINDS
from connective.kit.senders.owner import Fenced
from connective.kit.senders.settle import Change

log = logging.getLogger(__name__)
_json = msgspec.json.Encoder()


async def write(engine: AsyncEngine, owner: int, reports: Sequence[Report]) -> None:
    """Write a batch; when it fails for a reason of its own, each report alone."""
    try:
        await _write(engine, owner, reports, tell=True)
    except Fenced:
        raise
    except Exception as failure:
        if is_outage(failure):
            raise
        log.exception("a batch of %s outcomes could not be written, trying each", len(reports))
        for report in reports:
            await _write_alone(engine, owner, report)


async def _write_alone(engine: AsyncEngine, owner: int, report: Report) -> None:
    """One whose owner fails to take the news is written without telling the owner."""
    try:
        await _write(engine, owner, [report], tell=True)
    except Fenced:
        raise
    except Exception as failure:
        if is_outage(failure):
            raise
        log.exception("the owner of these outcomes failed: %s", _ids(report))
        await _write(engine, owner, [report], tell=False)


def _ids(report: Report) -> list[str]:
    return [change.settled.delivery.id for change in report.changes]


async def _write(engine: AsyncEngine, owner: int, reports: Sequence[Report], *, tell: bool) -> None:
    """Messages first, then endpoints, lanes and deliveries: the order in which turns lock."""
    changes = [change for report in reports for change in report.changes]
    async with unit_of_work(SYSTEM, engine=engine) as ctx:
        driver = await ctx.driver()
        if await driver.fetchval(queries.STILL_MINE, owner) is None:
            raise Fenced(f"sender {owner}")
        if tell:
            await _tell(ctx, changes)
        await health.note(ctx, driver, changes)
        await _release(driver, owner, [r.release for r in reports if r.release is not None])
        await _settle(driver, changes)


async def _tell(ctx: Ctx, changes: Sequence[Change]) -> None:
    by_kind: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        by_kind[change.settled.delivery.kind].append(change)
    for kind, group in by_kind.items():
        told = KINDS[kind].owner.on_outcomes
        if told is not None:
            await told(ctx, [change.settled for change in group])


async def _release(driver: Any, owner: int, flights: Sequence[Flight]) -> None:
    lanes = [flight for flight in flights if flight.head is not None]
    if not lanes:
        return
    endpoint_ids = [flight.endpoint_id for flight in lanes]
    names = [flight.lane for flight in lanes]
    await driver.execute(queries.LOCK_LANES, endpoint_ids, names)
    await driver.execute(
        queries.RELEASE_LANES,
        endpoint_ids,
        names,
        [flight.head for flight in lanes],
        [flight.next_at for flight in lanes],
        owner,
    )


async def _settle(driver: Any, changes: Sequence[Change]) -> None:
    if not changes:
        return
    rows = [_row(change) for change in sorted(changes, key=_key)]
    await driver.execute(queries.WRITE_OUTCOMES, *map(list, zip(*rows, strict=True)))


def _key(change: Change) -> str:
    return change.settled.delivery.id


def _row(change: Change) -> tuple[Any, ...]:
    settled, outcome = change.settled, change.settled.outcome
    entry = "[]" if change.entry is None else _json.encode(change.entry).decode()
    return (
        settled.delivery.id, settled.status, change.attempts, change.step, change.next_at,
        change.held_since, settled.parked, outcome.provider_id, outcome.error, entry, change.at,
    )  # fmt: skip
