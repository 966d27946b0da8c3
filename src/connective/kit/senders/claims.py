"""Takes due work out of the ledger under a sender's name, in one short transaction."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from connective.kit import clock
from connective.kit.db.driver import driver_of
from connective.kit.senders import queries
from connective.kit.senders.delivery import Delivery
from connective.kit.senders.endpoints import Endpoints
from connective.kit.senders.flight import Flight
from connective.kit.senders.kinds import KINDS

PER_LANE = 10
# A claim lost with the server costs nothing: the same work is claimed again.
_LAZY = "SET LOCAL synchronous_commit = off"


async def take(
    engine: AsyncEngine,
    endpoints: Endpoints,
    owner: int,
    *,
    rooms: dict[int, int],
    room: int,
    limit: int,
) -> tuple[list[Flight], list[Flight]]:
    """Flights to launch, and lanes that turned out to be empty; `rooms` is by endpoint."""
    async with engine.begin() as db:
        driver = await driver_of(db)
        await driver.execute(_LAZY)
        wanted = (clock.now(), owner, list(rooms), list(rooms.values()), room, limit)
        lanes = await driver.fetch(queries.CLAIM_LANES, *wanted)
        singles = await driver.fetch(queries.CLAIM_SINGLES, *wanted)
        if not lanes and not singles:
            return [], []
        await endpoints.refresh(driver, {r["endpoint_id"]: r["version"] for r in lanes + singles})
        flights, empty = await _of_lanes(driver, lanes)
        flights += [_single(row) for row in singles]
        await _withhold(db, flights)
    return flights, empty


async def _of_lanes(driver: Any, lanes: Sequence[Any]) -> tuple[list[Flight], list[Flight]]:
    if not lanes:
        return [], []
    rows = await driver.fetch(
        queries.OPEN_OF_LANES,
        [lane["endpoint_id"] for lane in lanes],
        [lane["lane"] for lane in lanes],
        [lane["head"] for lane in lanes],
        PER_LANE,
    )
    found: dict[tuple[int, str], list[Delivery]] = defaultdict(list)
    for row in rows:
        delivery = Delivery(*row)
        found[(delivery.endpoint_id, delivery.lane)].append(delivery)
    flights: list[Flight] = []
    empty: list[Flight] = []
    for endpoint_id, lane, head, sequence, _ in lanes:
        deliveries = found.get((endpoint_id, lane), [])
        # fewer than asked for: behind the last of them there is nothing up to `sequence`
        end = sequence + 1 if len(deliveries) < PER_LANE else 0
        flight = Flight(endpoint_id, lane, deliveries, head if deliveries else end, end)
        (flights if deliveries else empty).append(flight)
    for flight in empty:
        flight.next_at = clock.now()
    return flights, empty


def _single(row: Any) -> Flight:
    delivery = Delivery(*tuple(row)[:-1])
    return Flight(delivery.endpoint_id, delivery.lane, [delivery])


async def _withhold(db: AsyncConnection, flights: Sequence[Flight]) -> None:
    """Ask the owners of a kind which deliveries of an outdated epoch may no longer go."""
    asked: dict[str, list[Delivery]] = defaultdict(list)
    for flight in flights:
        for delivery in flight.deliveries:
            if delivery.epoch is not None:
                asked[delivery.kind].append(delivery)
    withheld: set[str] = set()
    for kind, deliveries in asked.items():
        ask = KINDS[kind].owner.withheld
        if ask is not None:
            withheld |= await ask(db, deliveries)
    if withheld:
        for flight in flights:
            flight.withheld = frozenset(d.id for d in flight.deliveries if d.id in withheld)
