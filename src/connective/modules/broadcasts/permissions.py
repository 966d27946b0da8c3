"""Who may see and change templates, and send by them."""

from connective.kit.auth_policy import Rule

RULES = {
    "broadcasts.view": Rule("broadcasts.view", scope="broadcast:send", bots="bot_ids"),
    "broadcasts.edit": Rule("broadcasts.edit", scope="settings:write", bots="bot_ids"),
    "broadcasts.send": Rule("broadcasts.send", scope="broadcast:send", bot="bot_id"),
}
