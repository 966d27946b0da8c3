"""Who may see and cancel runs."""

from connective.kit.auth_policy import Rule

RULES = {
    "runs.view": Rule("runs.view", scope="scenarios:read", bot="bot_id"),
    "runs.cancel": Rule("runs.cancel", scope="scenario:run", bot="bot_id"),
    "runs.start": Rule("runs.cancel", scope="scenario:run", bot="bot_id"),
}
