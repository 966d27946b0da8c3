"""Routes of integrations, one file a surface."""

from connective.kit.http import Router
from connective.kit.http.recorder import Recorded
from connective.modules.integrations.api import (
    call_node,
    compat,
    deliveries,
    events,
    outgoing,
    request_log,
    runs,
    webhooks,
)

router = Router()
for part in (call_node, compat, runs, webhooks, deliveries, events, request_log):
    router.include_router(part.router)

BODY_LIMITS = call_node.BODY_LIMITS
RECORDED = {
    "/kw/": Recorded("kw_api", when="always"),
    call_node.ROOT: Recorded("call_node", when="always"),
    "/api/v1/": Recorded("api"),
    "/api/v1/runs": Recorded("call_node"),
    "/api/v1/events": Recorded("api", private=True),
    # reading the log would fill it
    "/api/v1/integrations/logs": Recorded(when="never"),
}
openapi_paths = compat.openapi_paths
openapi_webhooks = outgoing.webhooks

__all__ = ["BODY_LIMITS", "RECORDED", "openapi_paths", "openapi_webhooks", "router"]
