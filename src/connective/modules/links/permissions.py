"""Who may see and make links."""

from connective.kit.auth_policy import Rule

RULES = {
    "links.view": Rule("links.view", scope="channels:read", bot="bot_id"),
    "links.edit": Rule("links.edit", scope="channels:write", bot="bot_id"),
}
