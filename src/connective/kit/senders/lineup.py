"""Who goes next: endpoints take turns, each with so many calls in flight at once."""

from collections import OrderedDict, deque
from collections.abc import Callable

from connective.kit.senders.flight import Flight

IN_FLIGHT = 100
PER_ENDPOINT = 80
# An endpoint that does not answer well gets a few calls at a time until one succeeds, so that
# it cannot fill all places with calls that wait for their time-out.
WHILE_FAILING = 4


class Lineup:
    """Flights that are ready, by endpoint, and how many are in the air."""

    def __init__(self, launch: Callable[[Flight], None], *, in_flight: int = IN_FLIGHT) -> None:
        self._launch = launch
        self._limit = in_flight
        self._ready: OrderedDict[int, deque[Flight]] = OrderedDict()
        self._flying: dict[int, int] = {}
        self._failing: set[int] = set()
        self.ready = 0
        self.flying = 0

    def cap(self, endpoint_id: int) -> int:
        """How many calls an endpoint may have under way."""
        return WHILE_FAILING if endpoint_id in self._failing else PER_ENDPOINT

    def rooms(self) -> dict[int, int]:
        """How many more flights of each known endpoint are welcome."""
        known = self._ready.keys() | self._flying.keys() | self._failing
        return {number: max(self._room(number), 0) for number in known}

    def _room(self, endpoint_id: int) -> int:
        """A healthy endpoint has as many waiting as may fly; one that fails has none waiting."""
        cap = self.cap(endpoint_id)
        welcome = cap if endpoint_id in self._failing else 3 * cap
        waiting = len(self._ready.get(endpoint_id, ()))
        return welcome - waiting - self._flying.get(endpoint_id, 0)

    def add(self, flights: list[Flight]) -> None:
        """Line claimed calls up and begin those that there is room for."""
        for flight in flights:
            self._ready.setdefault(flight.endpoint_id, deque()).append(flight)
        self.ready += len(flights)
        self.pump()

    def landed(self, endpoint_id: int, *, well: bool | None) -> None:
        """A flight has ended; `well` is None when it says nothing about the endpoint."""
        if well is not None:
            (self._failing.discard if well else self._failing.add)(endpoint_id)
        left = self._flying[endpoint_id] - 1
        if left:
            self._flying[endpoint_id] = left
        else:
            del self._flying[endpoint_id]
        self.flying -= 1
        self.pump()

    def pump(self) -> None:
        """Launch as many as the limits allow, one endpoint after the other."""
        blocked = 0
        while self._ready and self.flying < self._limit and blocked < len(self._ready):
            number, waiting = next(iter(self._ready.items()))
            if self._flying.get(number, 0) >= self.cap(number):
                self._ready.move_to_end(number)
                blocked += 1
                continue
            flight = waiting.popleft()
            self._ready.move_to_end(number)
            if not waiting:
                del self._ready[number]
            blocked = 0
            self._flying[number] = self._flying.get(number, 0) + 1
            self.ready -= 1
            self.flying += 1
            self._launch(flight)

    def drop(self) -> list[Flight]:
        """Take out what has not been launched."""
        left = [flight for waiting in self._ready.values() for flight in waiting]
        self._ready.clear()
        self.ready = 0
        return left
