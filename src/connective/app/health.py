"""`/healthz`: the process lives; `/readyz`: it can serve; `/metrics`: how it does, in numbers."""

import ipaddress
import logging

from fastapi import FastAPI, Request
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.responses import Response
from starlette.routing import Route

from connective.app import migrate, schema
from connective.kit import clock, crypto, disk, errors, instance, metrics
from connective.kit.db.engine import engine
from connective.kit.http import reply
from connective.kit.http.address import client_address
from connective.kit.processes import beat

log = logging.getLogger(__name__)
_OUTAGES = (DBAPIError, PoolTimeout, OSError)


async def healthz(_: Request) -> Response:
    return reply({"status": "ok"})


async def readyz(_: Request) -> Response:
    """503 without database or with too old a schema; what is not as it should be is only named."""
    try:
        async with engine().connect() as db:
            standing = schema.state(await db.run_sync(migrate.revision), schema.line())
            alive = await beat.living(db, since=clock.now() - beat.ALIVE)
    except _OUTAGES as failure:
        log.warning("not ready: %s", failure)
        return reply({"status": "unavailable", "database": "down"}, 503)
    if standing == "behind":
        return reply({"status": "unavailable", "database": "ok", "schema": "other"}, 503)
    wrong = {
        "workers": not alive.get("worker"),
        "schema": standing != "at",
        "disk": not disk.look(instance.settings().data_dir).holds,
    }
    degraded = [name for name, so in wrong.items() if so]
    return reply({"status": "ok", "database": "ok", "degraded": degraded})


async def read_metrics(request: Request) -> Response:
    _allow_metrics(request)
    async with engine().connect() as db:
        return Response(await metrics.render(db), media_type=metrics.MEDIA_TYPE)


def _allow_metrics(request: Request) -> None:
    """By the token; without one set, only from this very machine and not through a proxy."""
    token = instance.settings().metrics_token
    if token:
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        if not crypto.same(given, token):
            raise errors.Unauthorized("unauthorized", headers={"WWW-Authenticate": "Bearer"})
    elif "x-forwarded-for" in request.headers or not _is_loopback(client_address(request)):
        raise errors.Forbidden("loopback_only")


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def add(app: FastAPI) -> None:
    app.router.routes.extend(
        [
            Route("/healthz", healthz),
            Route("/readyz", readyz),
            Route("/metrics", read_metrics),
        ]
    )
