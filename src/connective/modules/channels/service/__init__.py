"""Connects bots to channels; the only writer of channel accounts."""

from connective.modules.bots import service as bots
from connective.modules.channels.accounts import journal
from connective.modules.channels.accounts.pending import find as find_pending
from connective.modules.channels.accounts.polling import Asking, save_cursor, save_fault, to_poll
from connective.modules.channels.accounts.sending import attach_all, own_files
from connective.modules.channels.accounts.service import fail_of_endpoint
from connective.modules.channels.connections import providers
from connective.modules.channels.directory import find as find_account
from connective.modules.channels.directory import of_account
from connective.modules.channels.service.custom import (
    KEY,
    custom_channel,
    endpoint_of,
    put_custom_channel,
    rotate_secret,
)
from connective.modules.channels.service.health import missing, summaries

__all__ = [
    "KEY",
    "Asking",
    "attach_all",
    "custom_channel",
    "endpoint_of",
    "fail_of_endpoint",
    "find_account",
    "find_pending",
    "journal",
    "missing",
    "of_account",
    "own_files",
    "providers",
    "put_custom_channel",
    "rotate_secret",
    "save_cursor",
    "save_fault",
    "summaries",
    "to_poll",
]

bots.channel_summaries.offer("channels", summaries)
bots.missing_parts.offer("channels", missing)
resources = journal.keeper
