"""The demo instance: a small shop whose bot answers, and people who may look at it."""

from connective.app.demo.filling import fill, is_filled
from connective.app.demo.moving import follow, is_elsewhere
from connective.app.demo.shop_api import routes
from connective.app.demo.words import greeting

__all__ = ["fill", "follow", "greeting", "is_elsewhere", "is_filled", "routes"]
