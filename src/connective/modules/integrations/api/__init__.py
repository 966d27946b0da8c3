"""Routes of integrations, one file a surface."""

from connective.kit.http import Router
from connective.modules.integrations.api import (
    call_node,
    compat,
    deliveries,
    outgoing,
    request_log,
    runs,
    webhooks,
)

router = Router()
for part in (call_node, compat, runs, webhooks, deliveries, request_log):
    router.include_router(part.router)

BODY_LIMITS = call_node.BODY_LIMITS
openapi_paths = compat.openapi_paths
openapi_webhooks = outgoing.webhooks

__all__ = ["BODY_LIMITS", "openapi_paths", "openapi_webhooks", "router"]
