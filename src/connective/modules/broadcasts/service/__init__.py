"""Templates, messages by template, and the rules of their going out; the only writer of them."""

from connective.modules.broadcasts.service.rules import read_rules, write_rules
from connective.modules.broadcasts.service.sending import list_sent, route, sent
from connective.modules.broadcasts.service.templates import (
    archive_template,
    change_template,
    create_template,
    get_template,
    list_templates,
    preview,
)

__all__ = [
    "archive_template",
    "change_template",
    "create_template",
    "get_template",
    "list_sent",
    "list_templates",
    "preview",
    "read_rules",
    "route",
    "sent",
    "write_rules",
]
