"""Who may change clients."""

from connective.kit.auth_policy import Rule

RULES = {"clients.edit": Rule("clients.edit", scope="clients:write")}
