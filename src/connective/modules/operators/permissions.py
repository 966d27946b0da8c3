"""Who may see and change operators, their statuses and skill groups."""

from connective.kit.auth_policy import Reach, Rule

# People of one's own groups, and those who are in none.
REACH = Reach(
    all="requests.view_all",
    of_groups="operators.view",
    assignee="user_id",
    participants="selves",
    groups="group_ids",
)
OF_GROUPS = Reach(
    all="requests.view_all",
    of_groups="operators.view",
    assignee="assignee_id",
    participants="member_ids",
    groups="group_ids",
)

RULES = {
    "operators.view": Rule("operators.view", scope="chats:read", reach=REACH),
    "operators.edit": Rule("operators.edit", scope="settings:write", reach=REACH),
    "operators.status": Rule("operators.status", scope="chats:write", reach=REACH),
    "operators.message": Rule("operators.status", reach=REACH),
    "operators.work": Rule("operators.view", scope="chats:read", bot="bot_id", topic="subject_id"),
    "skill_groups.view": Rule("operators.view", scope="settings:read"),
    # one by one: those of one's own groups alone, where one does not see everything
    "skill_groups.read": Rule("operators.view", scope="settings:read", reach=OF_GROUPS),
    "skill_groups.edit": Rule("operators.edit", scope="settings:write"),
    "operator_statuses.view": Rule("operators.view", scope="chats:read"),
    "operator_statuses.edit": Rule("op_settings.edit", scope="settings:write"),
}
