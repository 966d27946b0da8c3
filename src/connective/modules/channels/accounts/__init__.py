"""Accounts at providers: connected, checked, paused, sent through, and shown."""
