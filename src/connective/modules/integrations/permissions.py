"""Who may set webhooks up, look into the logs of deliveries and requests, and send again."""

from connective.kit.auth_policy import Rule

RULES = {
    "webhooks.view": Rule("webhooks.view", scope="webhooks:read", bots="bot_ids"),
    "webhooks.edit": Rule("webhooks.edit", scope="webhooks:write", bots="bot_ids"),
    "deliveries.view": Rule("deliveries.view", scope="webhooks:read", bot="bot_id"),
    "request_log.view": Rule("deliveries.view", scope="webhooks:read", bot="bot_id"),
    "deliveries.retry": Rule("deliveries.retry", scope="webhooks:write", bot="bot_id"),
}
