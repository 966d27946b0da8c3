"""How many calls of a connection there were, and how many failed: the last hour, by five minutes.

The counts are a small value that stands in the connection's own row.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

SLOT_S: Final = 300
SLOTS: Final = 12
Counts = Mapping[str, list[int]]


def noted(counts: Counts, at: datetime, *, failed: bool) -> dict[str, list[int]]:
    """The counts with one call more; what is older than an hour is dropped."""
    slot = int(at.timestamp()) // SLOT_S
    kept = {name: list(pair) for name, pair in counts.items() if int(name) > slot - SLOTS}
    calls, bad = kept.get(str(slot), [0, 0])
    kept[str(slot)] = [calls + 1, bad + failed]
    return kept


def of_hour(counts: Counts, now: datetime) -> tuple[int, int]:
    """(calls, failed) of the last hour."""
    slot = int(now.timestamp()) // SLOT_S
    kept = [pair for name, pair in counts.items() if slot - SLOTS < int(name) <= slot]
    return sum(calls for calls, _ in kept), sum(bad for _, bad in kept)
