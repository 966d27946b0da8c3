"""Who sets up the panel within other systems, and who lets people in there."""

from connective.kit.auth_policy import Rule

RULES = {
    "embed.view": Rule("embed.edit", scope="settings:read"),
    "embed.edit": Rule("embed.edit", scope="settings:write"),
    # for programs alone: a token is somebody else's rights
    "embed.create": Rule("embed.edit", scope="embed:create"),
}
