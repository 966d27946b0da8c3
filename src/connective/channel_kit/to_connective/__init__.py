"""Plays a partner to Connective."""

from connective.channel_kit.to_connective import bodies, calls, files, hook, refusals

__all__ = ["bodies", "calls", "files", "hook", "refusals"]
