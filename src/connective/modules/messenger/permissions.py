"""Who may play the outside system and look into catchers."""

from connective.kit.auth_policy import Rule

RULES = {"messenger.use": Rule("messenger.use", bot="bot_id", shared=True)}
