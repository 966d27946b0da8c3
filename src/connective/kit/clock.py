"""The only clock: UTC times and a monotonic count of seconds, both movable by tests."""

import functools
import time as _time
from datetime import UTC, datetime, timedelta

_frozen: datetime | None = None
_shift = 0.0


def now() -> datetime:
    """The present moment, aware, UTC."""
    if _frozen is not None:
        return _frozen
    return datetime.fromtimestamp(_time.time() + _shift, UTC)


def monotonic() -> float:
    """Seconds that only grow; moved together with `now` by tests."""
    if _frozen is not None:
        return _frozen.timestamp()
    return _time.monotonic() + _shift


class Watch:
    """Notices that the time of day was set back between two looks.

    It says so once more a while later, for what was under way then and has kept the old time.
    """

    SLACK_S = 2.0
    AGAIN_S = 60.0

    def __init__(self) -> None:
        self._last = now()
        self._again_at: float | None = None

    def set_back(self) -> bool:
        """Whether it is earlier now than it was at the last look, or was found so a while ago."""
        last, self._last = self._last, now()
        if (last - self._last).total_seconds() > self.SLACK_S:
            self._again_at = monotonic() + self.AGAIN_S
            return True
        if self._again_at is None or monotonic() < self._again_at:
            return False
        self._again_at = None
        return True


@functools.lru_cache(maxsize=64)  # what happens at once asks again and again
def epoch_ms(moment: datetime) -> int:
    """Milliseconds since the epoch."""
    return int(moment.timestamp() * 1000)


def from_epoch_ms(value: int) -> datetime:
    """The moment, in UTC, of so many milliseconds since the epoch."""
    return datetime.fromtimestamp(value / 1000, UTC)


def rfc3339(moment: datetime) -> str:
    """`2026-05-04T10:11:12.345Z`, the form of every time in `/api/v1`."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def freeze(moment: datetime) -> None:
    """Tests: stop the clock at a moment."""
    global _frozen  # noqa: PLW0603
    _frozen = moment.astimezone(UTC)


def advance(seconds: float) -> None:
    """Tests: move a stopped clock by seconds; shift a running one."""
    global _frozen, _shift  # noqa: PLW0603
    if _frozen is not None:
        _frozen += timedelta(seconds=seconds)
    else:
        _shift += seconds


def reset() -> None:
    """Tests: back to real time."""
    global _frozen, _shift
    _frozen, _shift = None, 0.0
