"""The sender of a process: claims what is due, sends it, writes how it went."""

import asyncio
import logging
from collections import deque
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncEngine

from connective.kit import clock
from connective.kit.crypto import Vault
from connective.kit.egress import Egress
from connective.kit.loops import SWEEP_S, idle
from connective.kit.senders import claims, metrics, settle, writer
from connective.kit.senders.delivery import Delivery, Outcome
from connective.kit.senders.endpoints import Endpoints
from connective.kit.senders.flight import Flight, Report
from connective.kit.senders.kinds import KINDS
from connective.kit.senders.lineup import IN_FLIGHT, PER_ENDPOINT, Lineup
from connective.kit.senders.settle import Change
from connective.kit.wake import waiter, wake

PER_CLAIM = 300
LOW_WATER = 100
# While many calls are in the air, outcomes and claims are gathered for so long.
GATHER_S = 0.02
BUSY = 20
MOMENT = timedelta(minutes=1)
AFTER_A_FAULT = timedelta(seconds=30)
NO_SECRET = Outcome("later", error="secret_unreadable", retry_after_s=60)
log = logging.getLogger(__name__)


class Sender:
    """Works under the name of its owner; `chance` fixes the jitter for tests."""

    def __init__(
        self,
        engine: AsyncEngine,
        egress: Egress,
        vault: Vault,
        owner: int,
        *,
        in_flight: int = IN_FLIGHT,
        chance: float | None = None,
    ) -> None:
        self._engine, self._egress, self._owner = engine, egress, owner
        self._chance = chance
        self._endpoints = Endpoints(vault)
        self._lineup = Lineup(self._launch, in_flight=in_flight)
        self._resting: dict[int, float] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._reports: deque[Report] = deque()
        self._reported = asyncio.Event()
        self._stopping = False
        self._written = 0
        self._progress = asyncio.Condition()

    async def keep_claiming(self, stop: asyncio.Event) -> None:
        """Keep the line-up filled until the stop."""
        with waiter("outbox") as woken:
            while not stop.is_set():
                claimed = await self.claim() if self._lineup.ready < LOW_WATER else 0
                if claimed and self._lineup.flying > BUSY:
                    await asyncio.sleep(GATHER_S)
                elif not claimed:
                    await idle(stop, woken, SWEEP_S)
        self._stopping = True

    async def keep_writing(self) -> None:
        """Write outcomes as they come, until cancelled."""
        while True:
            await self._reported.wait()
            if self._lineup.flying > BUSY:
                await asyncio.sleep(GATHER_S)
            await self.write()

    async def run_once(self) -> int:
        """Do all that is due now, and give how many pieces of work that was."""
        done = 0
        while claimed := await self.claim():
            done += claimed
            await self.land()
        return done

    async def claim(self) -> int:
        """Claim due work and line it up."""
        rooms = self._lineup.rooms() | dict.fromkeys(self._at_rest(), 0)
        flights, empty = await claims.take(
            self._engine,
            self._endpoints,
            self._owner,
            rooms=rooms,
            room=2 * PER_ENDPOINT,
            limit=PER_CLAIM - self._lineup.ready,
        )
        for flight in empty:
            self._report(Report([], flight))
        self._lineup.add(flights)
        return len(flights) + len(empty)

    def _at_rest(self) -> list[int]:
        now = clock.monotonic()
        self._resting = {number: end for number, end in self._resting.items() if end > now}
        return list(self._resting)

    async def land(self) -> None:
        """Wait until nothing is in the air, and write what came down."""
        while self._tasks:
            await asyncio.wait(self._tasks)
        await self.write()

    async def abandon(self) -> None:
        """Break off what is in the air; it will be sent again, with the same id."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def write(self) -> None:
        """Write the outcomes reported so far."""
        self._reported.clear()
        reports = list(self._reports)
        self._reports.clear()
        if reports:
            await writer.write(self._engine, self._owner, reports)
            metrics.count(reports)
            async with self._progress:
                self._written += sum(len(report.changes) for report in reports)
                self._progress.notify_all()
            if any(report.release is not None for report in reports):
                wake("outbox", others=False)

    async def has_written(self, count: int) -> None:
        """Wait until so many outcomes have been written since the start."""
        async with self._progress:
            await self._progress.wait_for(lambda: self._written >= count)

    def _report(self, report: Report) -> None:
        self._reports.append(report)
        self._reported.set()

    def _launch(self, flight: Flight) -> None:
        task = asyncio.create_task(self._fly(flight))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _fly(self, flight: Flight) -> None:
        well: bool | None = None
        try:
            for delivery in flight.deliveries:
                if self._stopping or self._waits(flight, delivery):
                    break
                change = await self._try(flight, delivery)
                self._report(Report([change]))
                well = _tells(change, well)
                if self._held(flight, change):
                    break
        except Exception:
            log.exception("a flight of endpoint %s failed", flight.endpoint_id)
            flight.next_at = clock.now() + AFTER_A_FAULT
        finally:
            self._lineup.landed(flight.endpoint_id, well=well)
        flight.next_at = flight.next_at or clock.now()
        self._report(Report([], flight))

    def _waits(self, flight: Flight, delivery: Delivery) -> bool:
        """Whether the lane has to wait before this delivery; a head over its hold is parked."""
        if delivery.parked or delivery.sequence is None:
            return False
        flight.next_at = delivery.not_before or delivery.next_at
        if delivery.next_at is not None:
            flight.next_at = min(delivery.next_at, self._end_of_hold(delivery))
        if flight.next_at is not None and flight.next_at > clock.now():
            return True
        flight.next_at = None
        return False

    def _end_of_hold(self, delivery: Delivery) -> datetime:
        endpoint = self._endpoints.get(delivery.endpoint_id)
        minutes = endpoint.order_hold_min if endpoint else 0
        return settle.hold_ends(delivery.held_since or clock.now(), minutes)

    async def _try(self, flight: Flight, delivery: Delivery) -> Change:
        """One try, or what takes its place."""
        now = clock.now()
        if delivery.next_at is not None and delivery.next_at > now and not delivery.parked:
            return settle.park(delivery, now)
        endpoint = self._endpoints.get(flight.endpoint_id)
        if endpoint is None:
            outcome = NO_SECRET
        elif delivery.id in flight.withheld or _too_late(delivery, now):
            outcome = Outcome("withheld", error="outdated")
        else:
            try:
                outcome = await KINDS[delivery.kind].send(endpoint, delivery, self._egress)
            except Exception as failure:
                log.exception("delivery %s: the transport failed", delivery.id)
                outcome = Outcome("again", error=type(failure).__name__)
        return settle.settle(
            delivery,
            outcome,
            hold_min=endpoint.order_hold_min if endpoint else 0,
            now=clock.now(),
            chance=self._chance,
            delays_s=KINDS[delivery.kind].delays_s,
        )

    def _held(self, flight: Flight, change: Change) -> bool:
        """Move the lane behind what is done; whether it must stop here."""
        outcome, delivery = change.settled.outcome, change.settled.delivery
        if outcome.verdict == "later" and not outcome.lane_only and change.next_at is not None:
            rest = (change.next_at - change.at).total_seconds()
            self._resting[flight.endpoint_id] = clock.monotonic() + rest
        if change.hold_until is not None:
            flight.next_at = change.hold_until
            return True
        flight.passed(delivery)
        return outcome.verdict == "gone"


def _too_late(delivery: Delivery, now: datetime) -> bool:
    """What has no sequence (typing, thinking) means nothing after its moment."""
    planned = delivery.not_before or delivery.created_at
    return delivery.sequence is None and planned < now - MOMENT


def _tells(change: Change, before: bool | None) -> bool | None:
    """What an outcome tells about its endpoint's health, for the number of calls at a time."""
    verdict = change.settled.outcome.verdict
    if verdict in ("delivered", "again"):
        return verdict == "delivered"
    return before
