"""Who may connect bots to eSputnik and push their clients there."""

from connective.kit.auth_policy import Rule

RULES = {
    "esputnik.view": Rule("esputnik.edit", scope="channels:read", bot="bot_id"),
    "esputnik.edit": Rule("esputnik.edit", scope="channels:write", bot="bot_id"),
    "esputnik.push": Rule("esputnik.edit", scope="broadcast:send", bot="bot_id"),
}
