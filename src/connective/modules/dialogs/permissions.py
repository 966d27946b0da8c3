"""Who may see dialogs."""

from connective.kit.auth_policy import Rule

RULES = {"dialogs.view": Rule("dialogs.view", scope="chats:read", bot="bot_id")}
