"""Who may see, change, switch and archive bots."""

from connective.kit.auth_policy import Rule

RULES = {
    "bots.view": Rule("bots.view", scope="bots:read", bot="id"),
    "bots.edit": Rule("bots.edit", scope="bots:write", bot="id"),
    "bots.activate": Rule("bots.activate", scope="bots:write", bot="id"),
    "bots.delete": Rule("bots.delete", scope="bots:write", bot="id"),
}
