"""What other modules and the commands use: secrets of outgoing calls, the instance's identity."""

from connective.modules.settings.service.checks import CHECKS, METRICS
from connective.modules.settings.service.identity import ensure_instance, identity
from connective.modules.settings.service.vault import all_values, secret

__all__ = ["CHECKS", "METRICS", "all_values", "ensure_instance", "identity", "secret"]
