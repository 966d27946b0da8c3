"""Routes of requests; every one of them stands under `/requests` and under `/chats`."""

from connective.kit.http import Router
from connective.kit.http.reads import Read
from connective.modules.requests.api import (
    bulk,
    closing,
    distribution,
    lifecycle,
    operator_names,
    outbound,
    reading,
    scheduled,
    side,
    talking,
    timers,
)
from connective.modules.requests.reading import hot

HOT = (("/api/v1/requests", hot.listed), ("/api/v1/chats", hot.chats))
routes = [Read(path, "requests.view", hot.FirstPage, answer) for path, answer in HOT]
router = Router()
for prefix in ("/api/v1/requests", "/api/v1/chats"):
    for part in (bulk, reading, talking, scheduled, lifecycle, outbound):
        router.include_router(part.router, prefix=prefix)
router.include_router(lifecycle.beside)
router.include_router(outbound.beside)
router.include_router(closing.router)
router.include_router(operator_names.router)
router.include_router(operator_names.beside)
router.include_router(distribution.router)
router.include_router(side.router)
router.include_router(timers.router)
