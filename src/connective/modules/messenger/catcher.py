"""The address `/catcher/{id}` itself: takes any method, no credentials; stores, then answers."""

from starlette.requests import Request
from starlette.responses import Response

from connective.kit.context import unit_of_work
from connective.kit.http import reply
from connective.modules.messenger import service

EMPTY = (204, 205, 304)


async def catch(request: Request) -> Response:
    """Store a request made to a catcher and answer as its owner set."""
    body = await request.body()
    query = request.url.query
    async with unit_of_work(request_id=request.state.request_id) as ctx:
        status, answer = await service.keep(
            ctx,
            request.path_params["code"],
            method=request.method,
            path=request.url.path + (f"?{query}" if query else ""),
            headers=dict(request.headers),
            body=body,
        )
    if status in EMPTY:
        return Response(status_code=status)
    return reply(answer, status)
