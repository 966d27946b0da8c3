"""Routes of settings: the instance's name, its secrets and state, who may read and call its API."""

from connective.kit.http import Router
from connective.kit.http.recorder import Recorded
from connective.modules.settings.api import api_docs, instance, origins, secrets, system

router = Router(prefix="/api/v1")
for part in (api_docs, instance, origins, secrets, system):
    router.include_router(part.router)
RECORDED = {"/api/v1/secrets": Recorded(private=True)}

__all__ = ["RECORDED", "router"]
