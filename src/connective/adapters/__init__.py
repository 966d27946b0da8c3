"""Channels, one folder each."""
