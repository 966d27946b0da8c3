"""Who may look into the catalogue; each card says itself who sees it."""

from connective.kit.auth_policy import Rule

RULES = {"catalogue.view": Rule("deliveries.view", scope="webhooks:read")}
