"""Who may see, edit, publish and export scenarios, and open their entry points."""

from connective.kit.auth_policy import Rule

RULES = {
    "scenarios.view": Rule("scenarios.view", scope="scenarios:read", bot="bot_id"),
    "scenarios.edit": Rule("scenarios.edit", scope="scenarios:write", bot="bot_id"),
    "scenarios.activate": Rule("scenarios.activate", scope="scenarios:write", bot="bot_id"),
    "scenarios.export": Rule("scenarios.export", scope="scenarios:read", bot="bot_id"),
    # no key may do this: an open entry point is an administrator's decision
    "entry_points.edit": Rule("entry_points.edit", bot="bot_id"),
}
