"""Who hears notices: everyone who works with requests, and only his own."""

from connective.kit.auth_policy import Rule

RULES = {"notices.view": Rule("requests.view", owner="user_id")}
