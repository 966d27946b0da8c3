"""The inbound limit of a channel account: updates per second, a bucket in each process."""

from connective.kit import clock, errors
from connective.modules.channels.schemas import Account

_buckets: dict[int, tuple[float, float]] = {}


def spend(account: Account, count: int) -> None:
    """Take `count` updates out of the account's bucket, or refuse with the time to wait."""
    rate = account.rate_per_s
    if not rate:
        return
    now = clock.monotonic()
    left, at = _buckets.get(account.id, (float(rate), now))
    left = min(float(rate), left + (now - at) * rate)
    if left < count and left < rate:
        _buckets[account.id] = (left, now)
        raise errors.TooManyRequests("update_rate", retry_after=1, rate=rate)
    _buckets[account.id] = (left - count, now)


def forget() -> None:
    _buckets.clear()
