"""The turn: an inbound event through the engine in one transaction."""
