"""`/mcp`, where AI agents connect, and what the page about it shows."""

import asyncio
import functools
import importlib
from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.responses import Response

from connective.kit import errors
from connective.kit.context import Ctx, unit_of_work
from connective.kit.http import Router, answers, permit, reply
from connective.kit.http.recorder import Recorded
from connective.kit.http.router import Authenticate
from connective.modules.mcp import service
from connective.modules.mcp.schemas import Agents

BODY_LIMITS = {service.ADDRESS: 1024 * 1024}
RECORDED = {service.ADDRESS: Recorded(service.SOURCE, when="always")}
router = Router(tags=["agents"])
View = Annotated[Ctx, Depends(permit("mcp.view"))]
SHOWN = ("authorization", "x-auth-token")
_MESSAGE = {"type": "object", "additionalProperties": True, "required": ["jsonrpc", "method"]}
_ASKED = {
    "x-action": "",
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": _MESSAGE,
                "example": {"jsonrpc": "2.0", "id": 1, "method": "tools/list"},
            }
        },
    },
}


async def admitted(request: Request) -> None:
    """The caller by key or token, kept in the request's state; no page's cookie lets anyone in."""
    if not any(name in request.headers for name in SHOWN):
        raise errors.Unauthorized("unauthorized", headers={"WWW-Authenticate": "Bearer"})
    authenticate: Authenticate = request.app.state.authenticate
    async with unit_of_work(request_id=request.state.request_id) as ctx:
        actor = await authenticate(request, ctx)
    request.state.language, request.state.caller = actor.language, actor


@functools.cache
def _speaking() -> Any:
    return importlib.import_module("connective.modules.mcp.exchange")


@router.post(
    service.ADDRESS,
    responses=answers(dict[str, Any], problems=(400, 401, 403, 413)),
    openapi_extra=_ASKED,
)
async def speak(request: Request) -> Response:
    """A message of the Model Context Protocol (streamable HTTP, without sessions).

    Tools are those that the caller's rights or scopes allow, and scenarios that their authors
    offer. A key or a token is needed; the session of the web app does not do.
    """
    await admitted(request)
    speaking = await asyncio.to_thread(_speaking)
    answer: Response = speaking.Exchange()
    return answer


@router.api_route(service.ADDRESS, methods=["GET", "DELETE"], include_in_schema=False)
async def refuse(request: Request) -> Response:
    """There are no sessions to listen in or to end."""
    raise errors.MethodNotAllowed(
        "method_not_allowed", headers={"Allow": "POST"}, method=request.method, allowed="POST"
    )


@router.get("/api/v1/agents", responses=answers(Agents, problems=(401, 403)))
async def get_agents(ctx: View) -> Response:
    """Where AI agents connect, which tools there are, and which scenarios are offered to them."""
    return reply(await service.shown(ctx))
