"""Viber: bots of the Viber REST API, https://developers.viber.com/docs/api/rest-bot-api/."""

from connective.adapters.viber.adapter import CHANNEL

__all__ = ["CHANNEL"]
