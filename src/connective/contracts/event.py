"""What a feature that reads the event log promises: its listeners, in `listeners.LISTENERS`."""

from connective.kit.events.reader import LoggedEvent
from connective.kit.listeners import Listener

__all__ = ["Listener", "LoggedEvent"]
