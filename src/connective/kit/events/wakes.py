"""The wake-up topics of the event log: one of all events, and one of each kind."""

import functools
from typing import Final

ALL: Final = "events"


@functools.cache
def of(kind: str) -> str:
    """Woken by events of the kind alone."""
    return f"{ALL}:{kind}"
