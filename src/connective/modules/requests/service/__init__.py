"""The life of requests; the only writer of their tables."""

from connective.modules.requests.service.blocking import block, unblock
from connective.modules.requests.service.changing import change, wake
from connective.modules.requests.service.choices import change_closing as change_closing_rules
from connective.modules.requests.service.choices import closing as closing_rules
from connective.modules.requests.service.closing import close
from connective.modules.requests.service.reopening import reopen
from connective.modules.requests.service.taking import assign, take
from connective.modules.requests.service.taking_over import takeover
from connective.modules.requests.service.transferring import transfer

__all__ = [
    "assign",
    "block",
    "change",
    "change_closing_rules",
    "close",
    "closing_rules",
    "reopen",
    "take",
    "takeover",
    "transfer",
    "unblock",
    "wake",
]
