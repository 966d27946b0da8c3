"""What integrations keep open as long as a process lives, and what others use of them."""

from connective.modules.integrations.call_node.asked import LONGEST_DELAY_S, Given
from connective.modules.integrations.call_node.in_process import launch_for
from connective.modules.integrations.call_node.schemas import Launched
from connective.modules.integrations.cards.sources import heard
from connective.modules.integrations.deliveries.queries import Asked as DeliveriesAsked
from connective.modules.integrations.deliveries.service import get as delivery
from connective.modules.integrations.deliveries.service import listed as deliveries
from connective.modules.integrations.request_log import writer

resources = writer.keeper

__all__ = [
    "LONGEST_DELAY_S",
    "DeliveriesAsked",
    "Given",
    "Launched",
    "deliveries",
    "delivery",
    "heard",
    "launch_for",
    "resources",
]
