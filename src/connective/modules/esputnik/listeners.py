"""What connections to eSputnik hear of: new and changed clients."""

from connective.kit.listeners import Listener
from connective.modules.esputnik.service import changed

KINDS = frozenset({"client.created", "client.updated"})
LISTENERS = [Listener("esputnik.changes", changed, KINDS, from_start=False)]
