"""Webhooks: addresses of other systems that hear of what happens here."""
