"""Telegram: a bot of the Bot API, by webhook or by polling."""

from connective.adapters.telegram.adapter import CHANNEL

__all__ = ["CHANNEL"]
