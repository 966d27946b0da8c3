"""Who may see and change the channels of a bot."""

from connective.kit.auth_policy import Rule

RULES = {
    "channels.view": Rule("channels.view", scope="channels:read", bot="bot_id"),
    "channels.edit": Rule("channels.edit", scope="channels:write", bot="bot_id"),
}
