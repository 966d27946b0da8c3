"""The ledger, for tests that break things around it."""

from connective.kit.testing.ledger import ledger

__all__ = ["ledger"]
