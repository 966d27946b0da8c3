"""Who may see and change clients."""

from connective.kit.auth_policy import Rule

# `bot` is a column of the accounts that a client's contacts belong to.
RULES = {
    "clients.view": Rule("clients.view", scope="clients:read", bot="bot_id"),
    "clients.edit": Rule("clients.edit", scope="clients:write"),
    "subscriptions.edit": Rule("clients.edit", scope="clients:write", bot="bot_id"),
}
