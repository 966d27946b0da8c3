"""Remote actions that scenarios call."""
