"""Routes as units of work: opened by the first permit, committed before the answer leaves."""

import contextlib
import functools
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Annotated, Any, Protocol

import msgspec
from fastapi import APIRouter, Query, Request
from fastapi.routing import APIRoute
from starlette.responses import Response

from connective.kit import auth_policy, errors, outside_json
from connective.kit.auth_policy import SYSTEM, Actor
from connective.kit.context import Ctx, unit_of_work
from connective.kit.http import known_query
from connective.kit.http.known_query import need_known
from connective.kit.idempotency import keeper as idempotency
from connective.kit.paging import PageQuery

_TURN = "SELECT pg_advisory_xact_lock(hashtextextended('if-match ' || $1, 0))"


class Authenticate(Protocol):
    """Finds out who asks; set as `app.state.authenticate` by the composition root."""

    async def __call__(self, request: Request, ctx: Ctx) -> Actor: ...


class StrictRequest(Request):
    """Its JSON is read as everything from outside is."""

    async def json(self) -> Any:
        try:
            return outside_json.read(await self.body())
        except outside_json.NotJson as failure:
            raise errors.BadRequest("bad_json", reason=str(failure)) from None


class UnitOfWorkRoute(APIRoute):
    """Commits what the endpoint did before its answer leaves; rolls back when it raises."""

    @functools.cached_property
    def query_names(self) -> Sequence[str] | None:
        """The parameters of the query that it knows; None where it takes any."""
        takes_any = known_query.ANY_QUERY.items() <= (self.openapi_extra or {}).items()
        return None if takes_any else known_query.names(self.dependant)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        endpoint = super().get_route_handler()

        async def handler(plain: Request) -> Response:
            request = StrictRequest(plain.scope, plain.receive)
            if idempotency.asked(request):
                await request.body()  # kept by the request, so that its form can be read after it
            request.state.claim = None
            async with contextlib.AsyncExitStack() as stack:
                request.state.stack, request.state.ctx = stack, None
                try:
                    response = await endpoint(request)
                except idempotency.Known as known:
                    return known.response
                if request.state.claim is not None:
                    await idempotency.keep(request.state.ctx, request.state.claim, response)
                return response

        return handler


class Router(APIRouter):
    """The router of every module's `api.py`."""

    def __init__(self, **options: Any) -> None:
        super().__init__(route_class=UnitOfWorkRoute, **options)


async def begin(request: Request) -> Ctx:
    """The request's unit of work, opened at the first call."""
    if request.state.ctx is None:
        work = unit_of_work(SYSTEM, request_id=getattr(request.state, "request_id", None))
        request.state.ctx = await request.state.stack.enter_async_context(work)
    ctx: Ctx = request.state.ctx
    return ctx


def permit(action: str | None = None) -> Callable[[Request], Awaitable[Ctx]]:
    """A dependency: the unit of work of someone signed in who has the action's permission."""

    async def permitted(request: Request) -> Ctx:
        ctx = await begin(request)
        authenticate: Authenticate = request.app.state.authenticate
        ctx.actor = await authenticate(request, ctx)
        request.state.language = ctx.actor.language
        if action is not None:
            auth_policy.allow(ctx.actor, action)
        need_known(request)
        if "if-match" in request.headers:
            await _take_turn(request, ctx)
        if idempotency.asked(request) and request.state.claim is None:
            request.state.claim = await idempotency.claim(request, ctx)
        return ctx

    permitted.__name__ = f"permit_{action}"
    return permitted


class Edge(msgspec.Struct, frozen=True):
    """Who asks, for work of several transactions: with calls to the outside between them, or many.

    `work()` opens one of them, on his behalf.
    """

    actor: Actor
    request_id: str | None = None

    def work(self) -> AbstractAsyncContextManager[Ctx]:
        """The transaction of a request whose caller is known."""
        return unit_of_work(self.actor, request_id=self.request_id)


def permit_apart(action: str | None = None) -> Callable[[Request], Awaitable[Edge]]:
    """A dependency like `permit`, in a transaction that ends before the endpoint begins.

    Only a key for repeats is held in one of its own meanwhile.
    """

    async def permitted(request: Request) -> Edge:
        request_id: str | None = getattr(request.state, "request_id", None)
        authenticate: Authenticate = request.app.state.authenticate
        async with unit_of_work(SYSTEM, request_id=request_id) as ctx:
            actor = await authenticate(request, ctx)
        request.state.language = actor.language
        if action is not None:
            auth_policy.allow(actor, action)
        need_known(request)
        if idempotency.asked(request) and request.state.claim is None:
            holding = await begin(request)
            holding.actor = actor
            request.state.claim = await idempotency.claim(request, holding)
        return Edge(actor, request_id)

    permitted.__name__ = f"permit_{action}"
    return permitted


async def _take_turn(request: Request, ctx: Ctx) -> None:
    """Of those who change one thing as they have seen it, the next looks when the last is done."""
    driver = await ctx.driver()
    await driver.execute(_TURN, request.url.path)


def public() -> Callable[[Request], Awaitable[Ctx]]:
    """A dependency: a unit of work for a route that needs no one signed in."""

    async def opened(request: Request) -> Ctx:
        need_known(request)
        return await begin(request)

    return opened


def page_query(
    *sorts: str, default: str | None = None
) -> Callable[[int, str | None, str | None, bool], Awaitable[PageQuery]]:
    """A dependency that reads limit, cursor, sort (one of `sorts`, `-` for downwards) and count."""
    allowed: Sequence[str] = [s for name in sorts for s in (name, f"-{name}")]

    async def read(
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
        cursor: Annotated[str | None, Query(max_length=2000)] = None,
        sort: Annotated[str | None, Query(max_length=100)] = default,
        count: bool = False,
    ) -> PageQuery:
        if sort is not None and sort not in allowed:
            raise errors.invalid(
                errors.FieldError(
                    "sort", "bad_sort", {"value": sort, "allowed": ", ".join(allowed)}
                )
            )
        return PageQuery(limit, cursor, sort, count)

    return read
