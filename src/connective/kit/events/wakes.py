"""The wake-up topics of the event log: one of all events, and one of each kind."""

from typing import Final

ALL: Final = "events"


def of(kind: str) -> str:
    """Woken by events of the kind alone."""
    return f"{ALL}:{kind}"
