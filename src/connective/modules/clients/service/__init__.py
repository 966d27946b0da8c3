"""Clients, their contacts and whether they may be written to; the only writer."""

from connective.modules.clients.service.introduced import introduce, keep_record
from connective.modules.clients.service.news import Consent, News
from connective.modules.clients.service.people import (
    block,
    create,
    rename_chat,
    save,
    tell,
    unblock,
)
from connective.modules.clients.service.person import BLOCKED, Person, has_left, normal_phone
from connective.modules.clients.service.reading import channels, listed, one
from connective.modules.clients.service.subscribing import (
    by_page,
    contact_of,
    subscriptions,
    unsubscribe_url,
)
from connective.modules.clients.service.subscribing import change as change_subscription
from connective.modules.clients.service.subscribing import get as get_subscription

__all__ = [
    "BLOCKED",
    "Consent",
    "News",
    "Person",
    "block",
    "by_page",
    "change_subscription",
    "channels",
    "contact_of",
    "create",
    "get_subscription",
    "has_left",
    "introduce",
    "keep_record",
    "listed",
    "normal_phone",
    "one",
    "rename_chat",
    "save",
    "subscriptions",
    "tell",
    "unblock",
    "unsubscribe_url",
]
