"""What the connection to Zoho hears of: chats that were closed."""

from connective.kit.listeners import Listener
from connective.modules.zoho.service import close_notes

LISTENERS = [Listener("zoho.closed", close_notes, frozenset({"request.closed"}), from_start=False)]
