"""Whether what was sampled over a while stayed flat: the slope of each gauge, in words."""

import itertools
import statistics
from collections.abc import Sequence

import msgspec

# What comes before has filled caches, pools and tables for the first time.
WARM_UP = 1 / 3
LEAST = 6


class Bound(msgspec.Struct, frozen=True):
    """What a gauge may rise by over the measured part: a share of its level, or so much."""

    unit: str
    share: float
    slack: float


class Trend(msgspec.Struct, frozen=True):
    """How a gauge went after the warm-up; `rise` is what its slope makes of the whole part."""

    name: str
    unit: str
    first: float
    last: float
    per_hour: float
    rise: float
    allowed: float

    @property
    def flat(self) -> bool:
        return self.rise <= self.allowed

    def __str__(self) -> str:
        return (
            f"{self.name:<36}{self.first:>12,.1f} -> {self.last:<12,.1f}{self.unit:<8}"
            f"{self.per_hour:>+12,.1f} an hour   {'flat' if self.flat else 'NOT FLAT'}"
        )


def trend(name: str, bound: Bound, series: Sequence[tuple[float, float]]) -> Trend:
    """The trend of samples (second, value), the first third left out."""
    measured = series[int(len(series) * WARM_UP) :]
    if len(measured) < LEAST:
        raise ValueError(f"{len(series)} samples of {name} say nothing about a slope")
    slope, lasted = _slope(measured), measured[-1][0] - measured[0][0]
    third = max(1, len(measured) // 3)
    first, last = (
        statistics.median(value for _, value in part)
        for part in (measured[:third], measured[-third:])
    )
    return Trend(
        name,
        bound.unit,
        first,
        last,
        per_hour=slope * 3600,
        rise=slope * lasted,
        allowed=max(bound.slack, bound.share * abs(first)),
    )


def _slope(series: Sequence[tuple[float, float]]) -> float:
    """The median slope of all pairs (Theil and Sen): single peaks do not turn it."""
    return statistics.median(
        (later - earlier) / (at - before)
        for (before, earlier), (at, later) in itertools.combinations(series, 2)
        if at > before
    )
