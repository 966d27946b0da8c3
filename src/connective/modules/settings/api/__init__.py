"""Routes of settings: secrets and the state of the system."""

from connective.kit.http import Router
from connective.modules.settings.api import secrets, system

router = Router(prefix="/api/v1")
for part in (secrets, system):
    router.include_router(part.router)

__all__ = ["router"]
