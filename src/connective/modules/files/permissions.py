"""Who may upload files. Reading goes by signed link."""

from connective.kit.auth_policy import Rule

RULES = {
    "files.upload": Rule("files.upload", scope="chats:write"),
}
