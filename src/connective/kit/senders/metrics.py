"""What Prometheus reads of deliveries: how they ended, and how long the partners took."""

from collections import Counter as Tally
from collections.abc import Iterable

from prometheus_client import Counter, Histogram

from connective.kit.metrics import registry
from connective.kit.senders.flight import Report

outcomes = Counter(
    "connective_delivery_outcomes",
    "Tries of deliveries by kind and by the status that they led to",
    ["kind", "status"],
    registry=registry,
)
seconds = Histogram(
    "connective_delivery_seconds",
    "How long partners took to answer a try, by kind",
    ["kind"],
    registry=registry,
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)


def count(reports: Iterable[Report]) -> None:
    """Count written outcomes; what was put off without a try is none."""
    tried = [change for report in reports for change in report.changes if change.entry is not None]
    tally = Tally((c.settled.delivery.kind, c.settled.status) for c in tried)
    for labels, number in tally.items():
        outcomes.labels(*labels).inc(number)
    for change in tried:
        seconds.labels(change.settled.delivery.kind).observe(change.settled.outcome.ms / 1000)
