"""Who may see actions (who sees scenarios) and try them out (who edits them)."""

from connective.kit.auth_policy import Rule

RULES = {
    "actions.view": Rule("scenarios.view", scope="scenarios:read"),
    "actions.try": Rule("scenarios.edit", scope="scenarios:write"),
}
