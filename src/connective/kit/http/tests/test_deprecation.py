"""A route on its way out tells every caller until when it is there and what stands instead."""

from datetime import date

import pytest
from fastapi import FastAPI, Request
from starlette.responses import Response

from connective.kit import errors
from connective.kit.http import Router, problem, reply
from connective.kit.http.deprecation import deprecated
from connective.kit.http.middleware import Conventions
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.server import RunningApp, listen

pytestmark = pytest.mark.proves("INT-13", part="deprecation")
SINCE, INSTEAD = date(2026, 5, 4), "/api/v2/bots"


class Realtime:
    """The server asks the application how its sockets and connections speak."""

    protocol = "none"


def leaving() -> FastAPI:
    """An application with a route on its way out and one that stays."""
    router = Router()

    @router.get("/old", **deprecated(since=SINCE, until=date(2027, 5, 4), instead=INSTEAD))
    async def old(request: Request) -> Response:
        if "broken" in request.query_params:
            raise errors.NotFound("not_found")
        return reply({"old": True})

    @router.get("/new")
    async def new() -> Response:
        return reply({"new": True})

    app = FastAPI()
    app.add_middleware(Conventions)
    app.state.realtime = Realtime()
    app.state.connection = "httptools"
    problem.install(app)
    app.include_router(router)
    return app


async def test_its_answers_and_refusals_carry_the_headers_and_others_do_not() -> None:
    app = leaving()
    with listen() as listener:
        async with RunningApp(app, listener) as running, AppClient(running.url) as client:
            for path, status in (("/old", 200), ("/old?broken=1", 404)):
                answer = await client.get(path)
                assert answer.status == status
                assert answer.headers["Deprecation"] == "@1777852800"
                assert answer.headers["Sunset"] == "Tue, 04 May 2027 00:00:00 GMT"
                assert answer.headers["Link"] == '</api/v2/bots>; rel="successor-version"'
            assert "Deprecation" not in (await client.get("/new")).headers
    assert app.openapi()["paths"]["/old"]["get"]["deprecated"] is True


def test_callers_get_a_year() -> None:
    with pytest.raises(ValueError, match="365"):
        deprecated(since=SINCE, until=date(2027, 5, 3), instead=INSTEAD)
