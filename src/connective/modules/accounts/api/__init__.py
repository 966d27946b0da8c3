"""Routes of accounts: signing in, one's own account, users, roles, keys, audit."""

from connective.kit.http import Router
from connective.kit.http.recorder import Recorded
from connective.modules.accounts.api import audit, auth, keys, own, pictures, security, users
from connective.modules.accounts.service.authentication import authenticate, identify

router = Router(prefix="/api/v1")
for part in (auth, security, own, pictures, users, keys, audit):
    router.include_router(part.router)
BODY_LIMITS = pictures.BODY_LIMITS
RECORDED = {"/api/v1/auth/": Recorded(private=True)}

__all__ = ["BODY_LIMITS", "RECORDED", "authenticate", "identify", "router"]
