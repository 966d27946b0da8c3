"""`/catcher/{id}`, and `/api/v1/messenger`: test chats, sending, catchers and what they caught."""

from typing import Annotated, Any

from fastapi import Depends, Query, Request
from starlette.responses import Response
from starlette.routing import Route

from connective.kit.context import Ctx
from connective.kit.http import Edge, Router, answers, empty, permit, permit_apart, reply
from connective.kit.http.openapi import schema
from connective.kit.http.problem import ProblemOut
from connective.modules.messenger import catcher, listening, sending, service
from connective.modules.messenger.schemas import (
    AnswerIn,
    Catcher,
    CatcherIn,
    CaughtList,
    ChatIn,
    SendIn,
    Sent,
    TestChat,
)

CATCHER = "/catcher/{code}"
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
BODY_LIMITS = {"/catcher/": 1024 * 1024}

routes = [Route(CATCHER, catcher.catch, methods=METHODS)]
router = Router(prefix="/api/v1/messenger", tags=["messenger"])
Use = Annotated[Ctx, Depends(permit("messenger.use"))]
UseApart = Annotated[Edge, Depends(permit_apart("messenger.use"))]
# these ask in a transaction of their own, which must not stay open while they wait
_CHECKED_WITHIN = {"x-action": "messenger.use"}


@router.post("/chats", responses=answers(TestChat, problems=(401, 403, 404, 409)))
async def open_chat(ctx: Use, body: ChatIn) -> Response:
    """Open a test chat of a bot; 409 `no_custom_channel` asks to repeat it with `connect`."""
    return reply(await service.open_chat(ctx, body))


@router.post("/send", responses=answers(Sent, problems=(401, 403, 404)))
async def send_message(edge: UseApart, body: SendIn) -> Response:
    """Send a message to a bot as the outside system, through its own front door."""
    return reply(await sending.send(edge, body))


@router.get("/catchers", responses=answers(list[Catcher], problems=(401, 403)))
async def list_catchers(ctx: Use) -> Response:
    return reply(await service.listed(ctx))


@router.post("/catchers", status_code=201, responses=answers(Catcher, 201, problems=(401, 403)))
async def create_catcher(ctx: Use, body: CatcherIn) -> Response:
    return reply(await service.create(ctx, name=body.name), 201)


@router.get("/catchers/{code}", responses=answers(Catcher, problems=(401, 403, 404)))
async def get_catcher(ctx: Use, code: str) -> Response:
    return reply(await service.get(ctx, code))


@router.put("/catchers/{code}/answer", responses=answers(Catcher, problems=(401, 403, 404)))
async def set_answer(ctx: Use, code: str, body: AnswerIn) -> Response:
    """What the catcher answers from now on."""
    return reply(await service.set_answer(ctx, code, body))


@router.delete(
    "/catchers/{code}", status_code=204, responses=answers(None, 204, problems=(401, 403, 404))
)
async def remove_catcher(ctx: Use, code: str) -> Response:
    await service.remove(ctx, code)
    return empty()


@router.get(
    "/catchers/{code}/requests",
    responses=answers(CaughtList, problems=(401, 403, 404)),
    openapi_extra=_CHECKED_WITHIN,
)
async def list_caught(
    request: Request,
    code: str,
    since: Annotated[int, Query(ge=0, le=9_223_372_036_854_775_807)] = 0,
    wait: Annotated[float, Query(ge=0, le=listening.LONGEST_S)] = 0,
) -> Response:
    """What was caught after `since`; with `wait` (seconds) an empty list is waited on."""
    actor = await listening.admitted(request)
    return reply(await listening.requests(actor, code, since=since, wait_s=wait))


@router.delete(
    "/catchers/{code}/requests",
    status_code=204,
    responses=answers(None, 204, problems=(401, 403, 404)),
)
async def clear_caught(ctx: Use, code: str) -> Response:
    await service.clear(ctx, code)
    return empty()


def _catcher_document() -> dict[str, Any]:
    refused = {"application/problem+json": {"schema": schema(ProblemOut)}}
    bad = {str(s): {"description": "Refused", "content": refused} for s in (404, 413, 503)}
    set_by_owner = {"description": "Whatever the owner of the catcher set"}
    return {
        method.lower(): {
            "tags": ["messenger"],
            "summary": "A request to be caught and looked at",
            "operationId": f"catch_{method.lower()}",
            "security": [],
            "parameters": [
                {"name": "code", "in": "path", "required": True, "schema": {"type": "string"}}
            ],
            "responses": {"200": set_by_owner, "default": set_by_owner, **bad},
        }
        for method in METHODS
    }


openapi_paths = {CATCHER: _catcher_document()}
