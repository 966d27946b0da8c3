"""Who may set webhooks up, listen to events, look into the logs, and send again."""

from connective.kit.auth_policy import Rule

RULES = {
    "webhooks.view": Rule(
        "webhooks.view", scope="webhooks:read", bots="bot_ids", topics="subject_ids"
    ),
    "webhooks.edit": Rule(
        "webhooks.edit", scope="webhooks:write", bots="bot_ids", topics="subject_ids"
    ),
    # what is heard is decided event by event
    "events.hear": Rule("webhooks.view", scope="webhooks:read"),
    "deliveries.view": Rule("deliveries.view", scope="webhooks:read", bot="bot_id"),
    "request_log.view": Rule("deliveries.view", scope="webhooks:read", bot="bot_id"),
    "deliveries.retry": Rule("deliveries.retry", scope="webhooks:write", bot="bot_id"),
}
