"""What a partner posts, seen by our listener while its user acts through the probe."""

from connective.channel_kit.from_partner import doing, posting, queueing

__all__ = ["doing", "posting", "queueing"]
