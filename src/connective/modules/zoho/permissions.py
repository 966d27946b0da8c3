"""Who may see and change the connection to Zoho CRM."""

from connective.kit.auth_policy import Rule

RULES = {
    "zoho.view": Rule("zoho.edit", scope="settings:read"),
    "zoho.edit": Rule("zoho.edit", scope="settings:write"),
}
