"""What a feature that reads the event log promises: its listeners, in `listeners.LISTENERS`."""

from typing import Final

from connective.kit.events.reader import LoggedEvent
from connective.kit.listeners import Listener

__all__ = ["TRIGGERING", "Listener", "LoggedEvent"]

# Kinds that may start a scenario. Each names its bot. What clients write has triggers of its own.
TRIGGERING: Final = frozenset({
    "bot.activated", "bot.deactivated", "bot.updated", "channel.disabled", "channel.warned",
    "dialog.ended_by_client", "entry_point.changed", "inbound.dead", "message.deleted",
    "message.edited", "message.media_changed", "message.status_changed", "request.assigned",
    "request.closed", "request.commented", "request.created", "request.released",
    "request.reopened", "run.failed", "scenario.activated", "scenario.saved",
    "webhook.disabled", "webhook.warned",
})  # fmt: skip
