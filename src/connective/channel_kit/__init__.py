"""Plays a partner conversation against a custom channel, from either side, and reports."""
