"""Clean-ups of integrations."""

from connective.kit.jobs import Schedule
from connective.modules.integrations.call_node import claims

SCHEDULES = [Schedule("call_node.forget_old", "17 * * * *", claims.forget_old)]
