"""`/api/v1/bots/{bot_id}/esputnik` and the documented `/kw/esputnik/push-contacts`."""

from typing import Annotated, Any

import pydantic
from fastapi import Depends, Request
from starlette.responses import Response

from connective.kit import errors, outside_json
from connective.kit.context import Ctx
from connective.kit.http import Router, answers, etag, matching, page_query, permit, reply
from connective.kit.http.address import client_address
from connective.kit.http.params import Id
from connective.kit.http.problem import validation_errors
from connective.kit.http.router import public
from connective.kit.paging import Page, PageQuery
from connective.modules.accounts import service as accounts
from connective.modules.esputnik import checking, service
from connective.modules.esputnik.schemas import (
    Esputnik,
    EsputnikChecked,
    EsputnikIn,
    EsputnikPush,
    EsputnikPushIn,
    EsputnikPushStarted,
    PushAsked,
)

ROOT = "/api/v1/bots/{bot_id}/esputnik"
PUSH = f"{ROOT}/pushes/{{push_id}}"
router = Router(tags=["integrations"])
View = Annotated[Ctx, Depends(permit("esputnik.view"))]
Edit = Annotated[Ctx, Depends(permit("esputnik.edit"))]
Pusher = Annotated[Ctx, Depends(permit("esputnik.push"))]
Anyone = Annotated[Ctx, Depends(public())]
Asked = Annotated[PageQuery, Depends(page_query())]
PROBLEMS = (401, 403, 404)
PUSHED = (400, 401, 403, 404, 409, 422, 429, 503)


@router.get(ROOT, responses=answers(Esputnik | None, problems=PROBLEMS))
async def get_esputnik(ctx: View, bot_id: Id) -> Response:
    found = await service.get(ctx, bot_id)
    return reply(found, headers=etag(_mark(found)))


@router.put(ROOT, responses=answers(Esputnik, problems=(*PROBLEMS, 412)))
async def put_esputnik(ctx: Edit, request: Request, bot_id: Id, body: EsputnikIn) -> Response:
    matching(request, _mark(await service.get(ctx, bot_id, action="esputnik.edit")))
    found = await service.put(ctx, bot_id, body)
    return reply(found, headers=etag(_mark(found)))


def _mark(found: Esputnik | None) -> dict[str, int]:
    """What an ETag is made of: how the connection does is no part of it."""
    return {"version": found.version if found else 0}


@router.post(f"{ROOT}/check", responses=answers(EsputnikChecked, problems=(*PROBLEMS, 409)))
async def check_esputnik(ctx: Edit, bot_id: Id) -> Response:
    return reply(await checking.check(ctx, bot_id))


@router.get(f"{ROOT}/pushes", responses=answers(Page[EsputnikPush], problems=PROBLEMS))
async def list_pushes(ctx: View, bot_id: Id, asked: Asked) -> Response:
    """Pushes of all clients of the bot, the newest first."""
    return reply(await service.listed(ctx, bot_id, asked))


@router.post(
    f"{ROOT}/pushes",
    status_code=201,
    responses=answers(EsputnikPushStarted, 201, problems=(*PROBLEMS, 409)),
)
async def start_push(ctx: Pusher, bot_id: Id, body: EsputnikPushIn | None = None) -> Response:
    """Push every client of the bot to eSputnik, in batches of 100."""
    delay_s = (body or EsputnikPushIn()).delay
    return reply(await service.start(ctx, bot_id, delay_s=delay_s, action="esputnik.push"), 201)


@router.get(PUSH, responses=answers(EsputnikPush, problems=PROBLEMS))
async def get_push(ctx: View, bot_id: Id, push_id: Id) -> Response:
    return reply(await service.find(ctx, bot_id, push_id))


@router.post(f"{PUSH}/pause", responses=answers(EsputnikPush, problems=(*PROBLEMS, 409)))
async def pause_push(ctx: Edit, bot_id: Id, push_id: Id) -> Response:
    return reply(await service.pause(ctx, bot_id, push_id))


@router.post(f"{PUSH}/resume", responses=answers(EsputnikPush, problems=(*PROBLEMS, 409)))
async def resume_push(ctx: Edit, bot_id: Id, push_id: Id) -> Response:
    return reply(await service.resume(ctx, bot_id, push_id))


@router.post(f"{PUSH}/cancel", responses=answers(EsputnikPush, problems=(*PROBLEMS, 409)))
async def cancel_push(ctx: Edit, bot_id: Id, push_id: Id) -> Response:
    return reply(await service.cancel(ctx, bot_id, push_id))


@router.get(f"{PUSH}/errors.csv", responses=answers(bytes, problems=PROBLEMS, media="text/csv"))
async def download_push_errors(ctx: View, bot_id: Id, push_id: Id) -> Response:
    """The clients that eSputnik refused, and why."""
    table = await service.errors_csv(ctx, bot_id, push_id)
    name = f"esputnik-{push_id}-errors.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(table, media_type="text/csv; charset=utf-8", headers=headers)


_BODY: dict[str, Any] = {
    "type": "object",
    "properties": PushAsked.model_json_schema()["properties"],
    "examples": [{"bot_id": 18, "token": "k7Gq2mXd...", "delay": 2}],
}


@router.post(
    "/kw/esputnik/push-contacts",
    responses=answers(EsputnikPushStarted, problems=PUSHED, compat=True),
    openapi_extra={"requestBody": {"content": {"application/json": {"schema": _BODY}}}},
)
async def push_contacts(ctx: Anyone, request: Request) -> Response:
    """Push every client of a bot; the token in the body is an API key."""
    given = await _object(request)
    ctx.actor = await _caller(ctx, request, given)
    asked = _read(given)
    delay_s = asked.delay
    started = await service.start(ctx, asked.bot_id, delay_s=delay_s, action="esputnik.push")
    return reply(started)


async def _object(request: Request) -> dict[str, Any]:
    try:
        found = outside_json.read(await request.body())
    except outside_json.NotJson as failure:
        raise errors.BadRequest("bad_json", reason=str(failure)) from None
    if not isinstance(found, dict):
        raise errors.invalid(errors.FieldError("body", "dict_type"))
    return found


async def _caller(ctx: Ctx, request: Request, given: dict[str, Any]) -> Any:
    """Whose token it is; it comes before everything else that may be wrong."""
    token = given.get("token")
    if not isinstance(token, str) or not token:
        raise errors.Unauthorized("unauthorized")
    actor = await accounts.authenticate_key(ctx, token, client_address(request))
    request.state.caller = actor
    return actor


def _read(given: dict[str, Any]) -> PushAsked:
    try:
        return PushAsked.model_validate(given)
    except pydantic.ValidationError as failure:
        raise errors.invalid(*validation_errors(map(dict, failure.errors()))) from None
