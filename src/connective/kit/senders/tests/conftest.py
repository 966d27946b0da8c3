"""The fixtures of the ledger's tests."""

from connective.kit.testing.ledger import door, ledger, sender

__all__ = ["door", "ledger", "sender"]
