"""The ASGI application: features' routes, conventions, documents, and the loops of its role."""

import contextlib
import functools
import os
from collections.abc import AsyncIterator
from typing import Any, Literal

from fastapi import APIRouter, FastAPI
from fastapi.openapi.utils import get_openapi
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp

from connective import __version__
from connective.app import api_docs, checks, demo, health, migrate, modules, pages, process
from connective.contracts.action import ACTIONS
from connective.contracts.channel import CHANNELS
from connective.contracts.entity import ENTITIES
from connective.contracts.integration import CARDS
from connective.kit import auth_policy, due, listeners, metrics
from connective.kit.context import unit_of_work
from connective.kit.http import openapi, problem
from connective.kit.http.cors import ListedOrigins
from connective.kit.http.direct import DirectProtocol
from connective.kit.http.guarded import GuardedProtocol
from connective.kit.http.middleware import Conventions
from connective.kit.http.plain import PlainRoutes
from connective.kit.http.recorder import Recorded, Recorder
from connective.kit.http.traces import OBSERVED, UNOBSERVED, Traced
from connective.kit.jobs import jobs, schedules
from connective.kit.loops import Running
from connective.kit.realtime import Projection, Realtime
from connective.kit.settings import Settings
from connective.modules.channels import service as channels
from connective.modules.settings.service import origins

VERSION = __version__
DRAIN_S = 4.0
_written: dict[str, Any] = {}


class Application(FastAPI):
    """The framework behind the plain routes."""

    def build_middleware_stack(self) -> ASGIApp:
        stack = PlainRoutes(super().build_middleware_stack(), _plain(), dict(_limits()))
        return Traced(stack) if _is_observed() else stack


def create_app(
    settings: Settings, *, dsn: str | None = None, role: Literal["all", "web", "worker"] = "all"
) -> FastAPI:
    """An application over the database at `dsn`; its lifespan opens and closes everything."""

    @contextlib.asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with process.opened(settings, dsn or settings.database_url):
            loops = [x for _, group in modules.offered("jobs", "LOOPS") for x in group]
            heard = [x for _, group in modules.offered("listeners", "LISTENERS") for x in group]
            loops.append(migrate.LOOP)
            loops += [*listeners.loops(heard), *app.state.realtime.loops()]
            loops.append(due.loop(loops))
            app.state.running = Running([x for x in loops if role in ("all", x.role)])
            app.state.running.start()
            try:
                yield
            finally:
                await app.state.running.stop(DRAIN_S)

    app = Application(
        title="Connective",
        version=VERSION,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        separate_input_output_schemas=False,
        telemetry=OBSERVED if _is_observed() else UNOBSERVED,
    )
    app.state.settings = settings
    app.add_middleware(Conventions, limits=dict(_limits()))
    app.add_middleware(Recorder, paths=dict(_recorded()))
    app.add_middleware(ListedOrigins, always=settings.cors_origins, listed=_listed_origins)
    problem.install(app)
    fill_points()
    _add_features(app)
    checks.offer()
    health.add(app)
    app.router.routes.extend(demo.routes)
    api_docs.add(app)
    pages.add(app)
    app.openapi = lambda: _document(app)  # type: ignore[method-assign]
    app.state.connection = _connection(app)
    return app


def _connection(app: FastAPI) -> type[GuardedProtocol]:
    """What uvicorn is to make of a connection; spans need everything to go through the app."""
    if _is_observed():
        return GuardedProtocol
    # a kind of its own looks at more of a request than its address
    return DirectProtocol.of(app, [route for route in _plain() if type(route) is Route])


def _plain() -> list[Route]:
    routes = [x for _, group in modules.offered("api", "routes") for x in group]
    return [route for route in routes if isinstance(route, Route)]


def _is_observed() -> bool:
    """OpenTelemetry costs something in every request: only where it is set up."""
    return any(name.startswith("OTEL_") for name in os.environ)


def _limits() -> list[tuple[str, int]]:
    """Body limits by path prefix (bytes), from each feature's `api.BODY_LIMITS`."""
    return [pair for _, given in modules.offered("api", "BODY_LIMITS") for pair in given.items()]


def _recorded() -> list[tuple[str, Recorded]]:
    """What the request log hears of, by path prefix, from each feature's `api.RECORDED`."""
    return [pair for _, given in modules.offered("api", "RECORDED") for pair in given.items()]


async def _listed_origins() -> list[str]:
    async with unit_of_work() as ctx:
        return (await origins.current(ctx)).origins


def fill_points() -> None:
    """Give the registries what features and adapters offer; whoever calls services needs it."""
    for _, rules in modules.offered("permissions", "RULES"):
        auth_policy.declare(rules)
    for key, adapter in modules.adapters():
        CHANNELS.offer(key, adapter.CHANNEL)
    channels.attach_all()
    for feature, actions in modules.offered("actions", "ACTIONS"):
        ACTIONS.offer(feature, actions)
    for feature, entities in modules.offered("entities", "ENTITIES"):
        ENTITIES.offer(feature, entities)
    for feature, cards in modules.offered("cards", "CARDS"):
        CARDS.offer(feature, cards)


def _add_features(app: FastAPI) -> None:
    for _, authenticate in modules.offered("api", "authenticate"):
        app.state.authenticate = authenticate
    for _, identify in modules.offered("api", "identify"):
        app.state.identify = identify
    for _, admission in modules.offered("live", "ADMISSION"):
        app.state.realtime = Realtime(
            admission,
            {name: topic for part in _live("TOPICS") for name, topic in part.items()},
            _by_kind([*_live("LIVE"), *_live("LIVE_BESIDE")]),
            tallies=[tally for part in _live("TALLIES") for tally in part],
            seen=_live("SEEN"),
        )
    for feature, declared in modules.offered("jobs", "JOBS"):
        jobs.offer(feature, declared)
    for feature, declared in modules.offered("jobs", "SCHEDULES"):
        schedules.offer(feature, declared)
    for feature, readers in modules.offered("service", "METRICS"):
        metrics.readers.offer(feature, readers)
    for _, routes in modules.offered("api", "routes"):
        app.router.routes.extend(routes)
    app.router.routes.extend(_api())


@functools.cache
def _api() -> list[BaseRoute]:
    """The framework reads hundreds of signatures at the first request: once for all apps."""
    whole = APIRouter()
    for _, router in modules.offered("api", "router"):
        whole.include_router(router)
    return whole.routes


def _live(attribute: str) -> list[Any]:
    """What the features' `live.py` offer under a name."""
    return [part for _, part in modules.offered("live", attribute)]


def _by_kind(parts: list[dict[str, Projection]]) -> dict[str, list[Projection]]:
    """Several features may show one kind of event."""
    kinds = {kind for part in parts for kind in part}
    return {kind: [part[kind] for part in parts if kind in part] for kind in kinds}


def _document(app: FastAPI) -> dict[str, Any]:
    """Written once for all apps of the process: it takes seconds."""
    if not _written:
        generated = get_openapi(
            title=app.title, version=app.version, openapi_version="3.1.0", routes=app.routes
        )
        for _, paths in modules.offered("api", "openapi_paths"):
            generated["paths"].update(paths() if callable(paths) else paths)
        generated["webhooks"] = {
            name: operation
            for _, hooks in modules.offered("api", "openapi_webhooks")
            for name, operation in hooks().items()
        }
        _written.update(openapi.document(app, generated))
    return _written
