"""Who may see and change topics and tags."""

from connective.kit.auth_policy import Rule

RULES = {
    "topics.view": Rule("topics.view", scope="chats:read", topic="id"),
    "topics.edit": Rule("topics.edit", scope="settings:write", topic="id"),
    "tags.view": Rule("tags.view", scope="chats:read"),
    "tags.create": Rule("tags.create", scope="chats:write"),
    "tags.edit": Rule("tags.edit", scope="settings:write"),
}
