"""What integrations do when something has happened."""

from connective.contracts.event import Listener
from connective.modules.integrations.webhooks.catalogue import projected
from connective.modules.integrations.webhooks.fan_out import fan_out

LISTENERS = [Listener("webhooks", fan_out, frozenset(projected()))]
