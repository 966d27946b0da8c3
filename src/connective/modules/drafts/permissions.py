"""Drafts are seen by whoever wrote them, and by nobody else."""

from connective.kit.auth_policy import Rule

RULES = {"drafts.own": Rule("requests.view", owner="user_id", private=True)}
