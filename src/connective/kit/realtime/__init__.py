"""WebSockets over the event log: each hears, in order, what its actor may see."""

from connective.kit.realtime.projection import (
    Admission,
    Cut,
    Item,
    Load,
    Pass,
    Projection,
    Tally,
    Topic,
)
from connective.kit.realtime.service import EventId, Realtime
from connective.kit.realtime.signs import Who, typing

__all__ = [
    "Admission",
    "Cut",
    "EventId",
    "Item",
    "Load",
    "Pass",
    "Projection",
    "Realtime",
    "Tally",
    "Topic",
    "Who",
    "typing",
]
