"""When a failed delivery is tried again."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

DELAYS_S = (5, 30, 120, 600, 3_600, 10_800, 28_800, 86_400)
TRIES = len(DELAYS_S) + 1
JITTER = 0.2
# A partner may ask for more time than the plan gives, but not for ever.
RETRY_AFTER_MAX_S = 86_400


def next_try(
    tries: int,
    now: datetime,
    *,
    retry_after_s: float | None = None,
    chance: float | None = None,
    delays_s: Sequence[int] = DELAYS_S,
) -> datetime | None:
    """The due time after so many failed tries; None when there is none left.

    `retry_after_s` only ever puts it off. `chance` (0 to 1) is the jitter's dice.
    """
    if tries > len(delays_s):
        return None
    dice = random.random() if chance is None else chance
    planned = delays_s[tries - 1] * (1 - JITTER + 2 * JITTER * dice)
    return now + timedelta(seconds=max(planned, bounded(retry_after_s or 0)))


def bounded(seconds: float) -> float:
    """How long to wait for a partner who asks for so long."""
    return min(max(seconds, 0), RETRY_AFTER_MAX_S)
