"""Who may see what agents are offered; each tool asks for the action that it stands for."""

from connective.kit.auth_policy import Rule

RULES = {"mcp.view": Rule("scenarios.view", scope="scenarios:read")}
