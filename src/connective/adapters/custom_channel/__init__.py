"""The custom channel: any system that can POST JSON, both ways."""

from connective.adapters.custom_channel.adapter import CHANNEL

__all__ = ["CHANNEL"]
