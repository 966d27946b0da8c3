"""Connections to eSputnik, pushes and changes; the only writer of their tables."""

from connective.modules.esputnik.service.accounts import (
    account_of,
    get,
    is_telegram,
    note_call,
    put,
)
from connective.modules.esputnik.service.changes import (
    changed,
    hold_changes,
    put_off_changes,
    settle_changes,
)
from connective.modules.esputnik.service.pushes import (
    ask,
    cancel,
    errors_csv,
    find,
    hold,
    listed,
    pause,
    put_off,
    resume,
    settle,
    start,
    stop,
)

__all__ = [
    "account_of",
    "ask",
    "cancel",
    "changed",
    "errors_csv",
    "find",
    "get",
    "hold",
    "hold_changes",
    "is_telegram",
    "listed",
    "note_call",
    "pause",
    "put",
    "put_off",
    "put_off_changes",
    "resume",
    "settle",
    "settle_changes",
    "start",
    "stop",
]
