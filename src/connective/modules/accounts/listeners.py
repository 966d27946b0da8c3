"""What administrators are told by mail when it has happened."""

from connective.contracts.event import Listener
from connective.modules.accounts.service import notices

LISTENERS = [Listener("notices", notices.tell, frozenset(notices.KINDS), from_start=False)]
