"""Routes of integrations, one file a surface."""

from connective.kit.http import Router
from connective.modules.integrations.api import call_node, runs

router = Router()
for part in (call_node, runs):
    router.include_router(part.router)

BODY_LIMITS = call_node.BODY_LIMITS

__all__ = ["BODY_LIMITS", "router"]
