"""WebSockets over the event log: each hears, in order, what its actor may see."""

from connective.kit.realtime.projection import Admission, Item, Load, Pass, Projection, Topic
from connective.kit.realtime.service import EventId, Realtime

__all__ = ["Admission", "EventId", "Item", "Load", "Pass", "Projection", "Realtime", "Topic"]
