"""People who answer clients: statuses, limits, skill groups, loads, and who is there now."""

from connective.modules.operators.service.bounds import limit
from connective.modules.operators.service.groups import (
    change_group,
    create_group,
    delete_group,
    get_group,
    groups_of,
    groups_of_topics,
    list_groups,
)
from connective.modules.operators.service.messages import message
from connective.modules.operators.service.of_bots import bots_of_group, of_bot, working
from connective.modules.operators.service.of_bots import choose as choose_of_bot
from connective.modules.operators.service.presence import ALIVE, connected, seen
from connective.modules.operators.service.statuses import (
    change_status,
    create_status,
    delete_status,
    get_status,
    list_statuses,
)
from connective.modules.operators.service.team import (
    WORK,
    change_operator,
    get_operator,
    intervals,
    leave_idle,
    own_status,
    set_own_status,
    set_status,
    team,
    workers,
)

__all__ = [
    "ALIVE",
    "WORK",
    "bots_of_group",
    "change_group",
    "change_operator",
    "change_status",
    "choose_of_bot",
    "connected",
    "create_group",
    "create_status",
    "delete_group",
    "delete_status",
    "get_group",
    "get_operator",
    "get_status",
    "groups_of",
    "groups_of_topics",
    "intervals",
    "leave_idle",
    "limit",
    "list_groups",
    "list_statuses",
    "message",
    "of_bot",
    "own_status",
    "seen",
    "set_own_status",
    "set_status",
    "team",
    "workers",
    "working",
]
