"""Who may do what with secrets and see how the instance does."""

from connective.kit.auth_policy import Rule

RULES: dict[str, Rule] = {
    "secrets.view": Rule("secrets.view"),
    "secrets.edit": Rule("secrets.edit"),
    "secrets.delete": Rule("secrets.delete"),
    "settings.view": Rule("settings.view", scope="settings:read"),
    "settings.edit": Rule("settings.edit", scope="settings:write"),
    # for people alone, and root among them
    "instance.edit": Rule("instance.edit"),
    "status.view": Rule("status.view"),
    "status.diagnostics": Rule("status.diagnostics"),
    "status.retry": Rule("settings.edit"),
}
