"""`/healthz` tells that the process lives, `/readyz` that it can serve."""

from fastapi import FastAPI, Request
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.responses import Response
from starlette.routing import Route

from connective.kit.db.engine import engine
from connective.kit.http import reply


async def healthz(_: Request) -> Response:
    return reply({"status": "ok"})


async def readyz(_: Request) -> Response:
    try:
        async with engine().connect() as db:
            await db.execute(text("SELECT 1"))
    except (DBAPIError, PoolTimeout, OSError):
        return reply({"status": "unavailable", "database": "down"}, 503)
    return reply({"status": "ok", "database": "ok"})


def add(app: FastAPI) -> None:
    app.router.routes.extend([Route("/healthz", healthz), Route("/readyz", readyz)])
