"""How fast a provider may be called: token buckets that give out moments ahead of time."""

from collections.abc import Mapping

from msgspec import Struct

from connective.kit import clock

# Keys beyond this number are looked through for buckets that are full again.
MANY = 10_000


class Bucket(Struct, frozen=True):
    """`count` calls in `seconds`, `burst` of them at once."""

    count: float
    seconds: float
    burst: int

    @property
    def step_s(self) -> float:
        """Seconds between two calls at the full rate."""
        return self.seconds / self.count


class Pace:
    """The buckets of one process. A moment that is given out is taken."""

    def __init__(self) -> None:
        self._free_at: dict[str, float] = {}

    def wait_s(self, wanted: Mapping[str, Bucket], *, most_s: float) -> float:
        """Seconds until a call may be made under all buckets.

        Up to `most_s` the moment is the caller's, who waits for it; beyond it nothing is taken.
        """
        now = clock.monotonic()
        wait = max((self._wait(key, bucket, now) for key, bucket in wanted.items()), default=0.0)
        if wait <= most_s:
            for key, bucket in wanted.items():
                start = max(self._free_at.get(key, now), now)
                self._free_at[key] = start + bucket.step_s
            if len(self._free_at) > MANY:
                self._free_at = {k: at for k, at in self._free_at.items() if at > now}
        return wait

    def _wait(self, key: str, bucket: Bucket, now: float) -> float:
        ahead = self._free_at.get(key, now) - (bucket.burst - 1) * bucket.step_s
        return max(0.0, ahead - now)

    def forget(self) -> None:
        """Begin all rates anew."""
        self._free_at.clear()
