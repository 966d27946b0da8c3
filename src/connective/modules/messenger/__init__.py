"""The messenger page's outside system: catchers of outgoing calls."""
