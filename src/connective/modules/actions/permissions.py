"""Who may try actions out: whoever edits scenarios."""

from connective.kit.auth_policy import Rule

RULES = {"actions.try": Rule("scenarios.edit", scope="scenarios:write")}
