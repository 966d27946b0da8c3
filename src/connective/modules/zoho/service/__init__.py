"""The connection to Zoho CRM and its notes; the only writer of their tables."""

from connective.modules.zoho.service.connecting import (
    REDIRECT_PATH,
    connect,
    consent,
    disconnect,
    lose,
    renew,
    usable,
)
from connective.modules.zoho.service.notes import (
    close_notes,
    forget_old,
    hold,
    keep_progress,
    listed,
    put_off,
    retry,
    settle,
)
from connective.modules.zoho.service.settings import (
    get,
    note_call,
    product_name,
    put,
)

__all__ = [
    "REDIRECT_PATH",
    "close_notes",
    "connect",
    "consent",
    "disconnect",
    "forget_old",
    "get",
    "hold",
    "keep_progress",
    "listed",
    "lose",
    "note_call",
    "product_name",
    "put",
    "put_off",
    "renew",
    "retry",
    "settle",
    "usable",
]
