"""Plays Connective to a partner's implementation."""

from connective.channel_kit.to_partner import answers, content, delivery, events, security

__all__ = ["answers", "content", "delivery", "events", "security"]
