"""Circuit breaker per host: a partner that is down is not called again and again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from connective.kit import clock
from connective.kit.egress.errors import BreakerOpen

FAILURES = 20
PAUSE_S = 60.0
MAX_HOSTS = 10_000


class _Circuit:
    __slots__ = ("failures", "open_until", "probing")

    def __init__(self) -> None:
        self.failures = 0
        self.open_until = 0.0
        self.probing = False


class Breaker:
    """In memory of one process. Call `enter` before a call, then exactly one of the other three."""

    def __init__(self, monotonic: Callable[[], float] = clock.monotonic) -> None:
        self._monotonic = monotonic
        self._circuits: OrderedDict[str, _Circuit] = OrderedDict()

    def enter(self, host: str) -> None:
        """Raises BreakerOpen while the pause lasts, and while another call probes after it."""
        circuit = self._circuits.get(host)
        if circuit is None or circuit.failures < FAILURES:
            return
        left = circuit.open_until - self._monotonic()
        if left > 0 or circuit.probing:
            raise BreakerOpen(host, max(left, 1.0))
        circuit.probing = True

    def succeeded(self, host: str) -> None:
        """The host answered: its failures are forgotten."""
        self._circuits.pop(host, None)

    def failed(self, host: str) -> None:
        """The host or the way to it failed once more; after twenty in a row it rests."""
        circuit = self._circuits.setdefault(host, _Circuit())
        self._circuits.move_to_end(host)
        circuit.failures += 1
        circuit.probing = False
        if circuit.failures >= FAILURES:
            circuit.open_until = self._monotonic() + PAUSE_S
        while len(self._circuits) > MAX_HOSTS:
            self._circuits.popitem(last=False)

    def left(self, host: str) -> None:
        """The call ended without saying anything about the host (cancelled, refused by us)."""
        circuit = self._circuits.get(host)
        if circuit is not None:
            circuit.probing = False
