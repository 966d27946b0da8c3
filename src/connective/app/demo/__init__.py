"""The demo instance: a small shop whose bot answers, and people who may look at it."""

from connective.app.demo.filling import fill, is_filled
from connective.app.demo.shop_api import routes
from connective.app.demo.words import greeting

__all__ = ["fill", "greeting", "is_filled", "routes"]
