"""Routes of channels, one file a surface."""

from connective.kit.http import Router
from connective.modules.channels.api import accounts, custom_channel

router = Router()
for part in (custom_channel, accounts):
    router.include_router(part.router)

__all__ = ["router"]
