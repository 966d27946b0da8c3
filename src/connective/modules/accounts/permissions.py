"""The catalogue of permissions, what the seeded roles may do, and the rules of this module."""

from typing import Any

from connective.kit.auth_policy import Rule

# section: its verbs. A permission is `section.verb`; its label stands in the locale catalogues.
SECTIONS: dict[str, tuple[str, ...]] = {
    "bots": ("view", "edit", "activate", "delete"),
    "channels": ("view", "edit"),
    "scenarios": ("view", "edit", "activate", "export", "runs"),
    "entry_points": ("edit",),
    "files": ("upload",),
    "clients": ("view", "edit"),
    "dialogs": ("view",),
    "requests": (
        *("view", "view_all", "view_groups", "reply", "note", "take", "assign_any", "transfer"),
        *("close", "reopen", "edit", "takeover", "outbound"),
    ),
    "topics": ("view", "edit"),
    "tags": ("view", "create", "edit"),
    "operators": ("view", "edit", "status"),
    "queue": ("view",),
    "distribution": ("view",),
    "op_settings": ("view", "edit"),
    "runs": ("view", "cancel"),
    "deliveries": ("view", "retry"),
    "webhooks": ("view", "edit"),
    "zoho": ("edit",),
    "esputnik": ("edit",),
    "embed": ("edit",),
    "links": ("view", "edit"),
    "broadcasts": ("view", "edit", "send"),
    "keys": ("view", "edit"),
    "secrets": ("view", "edit", "delete"),
    "messenger": ("use",),
    "users": ("view", "edit"),
    "roles": ("view",),
    "auth": ("view", "edit"),
    "settings": ("view", "edit"),
    "instance": ("edit",),
    "status": ("view", "diagnostics"),
    "audit": ("view",),
    "api_docs": ("view",),
}
PERMISSIONS = tuple(f"{section}.{verb}" for section, verbs in SECTIONS.items() for verb in verbs)
# What root administrators alone may, whatever their role.
ROOT_ONLY = ("instance.edit",)

ADMINISTRATOR = "administrator"
# The seed: alias -> (name, permissions). Brought up to date at every migration.
ROLES: dict[str, tuple[str, tuple[str, ...]]] = {
    ADMINISTRATOR: ("Administrator", tuple(p for p in PERMISSIONS if p not in ROOT_ONLY)),
    "supervisor": (
        "Supervisor",
        (
            *("bots.view", "channels.view", "scenarios.view", "scenarios.runs"),
            *("clients.view", "clients.edit", "dialogs.view", "runs.view"),
            *("deliveries.view", "users.view", "settings.view", "settings.edit", "files.upload"),
            *(f"requests.{verb}" for verb in SECTIONS["requests"] if verb != "view_all"),
            *("topics.view", "topics.edit", "tags.view", "tags.create", "tags.edit"),
            *("links.view", "links.edit"),
            *("operators.view", "operators.edit", "operators.status", "queue.view"),
            *("op_settings.view", "op_settings.edit"),
            *("broadcasts.view", "broadcasts.edit", "broadcasts.send"),
        ),
    ),
    "operator": (
        "Operator",
        (
            *("clients.view", "clients.edit", "dialogs.view", "files.upload"),
            *("requests.view", "requests.reply", "requests.note", "requests.take"),
            *("requests.transfer", "requests.close", "requests.edit", "requests.takeover"),
            *("requests.outbound", "topics.view", "tags.view", "operators.view"),
            *("broadcasts.view", "broadcasts.send"),
        ),
    ),
    "light_agent": (
        "Light agent",
        (
            *("clients.view", "dialogs.view", "requests.view", "requests.note"),
            *("topics.view", "tags.view", "operators.view"),
        ),
    ),
    "integrator": (
        "Integrator",
        (
            *(p for p in PERMISSIONS if p.split(".")[0] in ("bots", "channels", "scenarios")),
            *("clients.view", "dialogs.view", "runs.view", "runs.cancel"),
            *("deliveries.view", "deliveries.retry", "webhooks.view", "webhooks.edit"),
            *("links.view", "links.edit"),
            *("keys.view", "keys.edit", "secrets.view", "secrets.edit"),
            *("messenger.use", "settings.view", "api_docs.view", "files.upload"),
            *("broadcasts.view", "broadcasts.edit", "broadcasts.send"),
            *("zoho.edit", "esputnik.edit", "embed.edit"),
        ),
    ),
    "analyst": (
        "Analyst",
        ("bots.view", "dialogs.view", "runs.view", "deliveries.view", "api_docs.view"),
    ),
    "qa_lead": ("QA lead", ("bots.view", "dialogs.view", "users.view")),
    "qa_specialist": ("QA specialist", ("dialogs.view",)),
}

SCOPES: tuple[str, ...] = (
    *(
        f"{what}:{how}"
        for what in (
            *("bots", "channels", "scenarios", "users", "chats", "tickets"),
            *("clients", "custom_data", "webhooks", "settings"),
        )
        for how in ("read", "write")
    ),
    "broadcast:send",
    "statistics:read",
    "scenario:run",
    "embed:create",
)
DEFAULT_SCOPES = (*(s for s in SCOPES if s.endswith(":read")), "scenario:run")

RULES: dict[str, Rule] = {
    "users.view": Rule("users.view", scope="users:read"),
    "users.edit": Rule("users.edit", scope="users:write"),
    "roles.view": Rule("roles.view", scope="users:read"),
    "auth.view": Rule("auth.view"),
    "auth.edit": Rule("auth.edit"),
    "keys.view": Rule("keys.view", bots="bot_ids"),
    "keys.edit": Rule("keys.edit", bots="bot_ids"),
    "audit.view": Rule("audit.view"),
    "api_docs.view": Rule("api_docs.view"),
}


def role_rows() -> list[dict[str, Any]]:
    """The seeded roles as rows of the table."""
    return [
        {"alias": alias, "name": name, "permissions": list(permissions), "is_system": True}
        for alias, (name, permissions) in ROLES.items()
    ]
