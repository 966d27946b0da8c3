"""How often a caller may call: fixed windows of a minute, counted in this process."""

import math

import msgspec

from connective.kit import clock, errors

WINDOW_S = 60.0
KEEP = 10_000
NAMES = ("X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset")


class Rate(msgspec.Struct, frozen=True):
    """Where a caller stands: the limit, what is left of it, seconds until it is whole again."""

    limit: int
    remaining: int
    reset: int

    def headers(self) -> list[tuple[bytes, bytes]]:
        """`X-RateLimit-*` as ASGI wants headers."""
        values = (self.limit, max(0, self.remaining), self.reset)
        return [
            (name.lower().encode(), str(value).encode())
            for name, value in zip(NAMES, values, strict=True)
        ]


class Limiter:
    """Counts calls by subject."""

    def __init__(self) -> None:
        self._windows: dict[str, tuple[float, int]] = {}

    def count(self, subject: str, limit: int) -> Rate:
        """Count one call; `remaining` is -1 when it was one too many."""
        present = clock.monotonic()
        began, used = self._windows.get(subject, (present, 0))
        if not 0 <= present - began < WINDOW_S:
            self._windows.pop(subject, None)
            began, used = present, 0
        if used < limit:
            self._windows[subject] = (began, used + 1)
        if len(self._windows) > KEEP:
            del self._windows[next(iter(self._windows))]  # the one that began first
        reset = max(1, math.ceil(began + WINDOW_S - present))
        return Rate(limit, limit - used - 1, reset)

    def forget(self) -> None:
        """Begin all counts anew."""
        self._windows.clear()


def take(limiter: Limiter, subject: str, limit: int) -> Rate:
    """Count one call or refuse it with 429."""
    rate = limiter.count(subject, limit)
    if rate.remaining < 0:
        raise errors.TooManyRequests(retry_after=rate.reset)
    return rate
