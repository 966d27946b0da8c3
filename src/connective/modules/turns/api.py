"""The inbound hooks of channels, and `/api/v1/runs`."""

from typing import Annotated, Any

from fastapi import Depends, Query
from starlette.responses import Response
from starlette.routing import Route

from connective.kit.context import Ctx
from connective.kit.http import Router, answers, empty, page_query, permit, reply
from connective.kit.http.openapi import schema
from connective.kit.http.params import BIGINT, Id, Number
from connective.kit.http.problem import CompatProblemOut
from connective.kit.paging import Page, PageQuery
from connective.modules.turns import history, hooks, media, provider_hooks, running
from connective.modules.turns.schemas import RunDetail, RunOut

HOOK = "/messengers_host/{bot_id}/custom_channel/hooks"
PROVIDER_HOOK = "/messengers_host/{bot_id}/{channel}/hooks"
BODY_LIMITS = {"/messengers_host/": 10 * 1024 * 1024}

routes = [
    Route(HOOK, hooks.custom_channel, methods=["POST"]),
    Route(PROVIDER_HOOK, provider_hooks.provider, methods=["GET", "POST"]),
]
router = Router(prefix="/api/v1", tags=["runs"])
View = Annotated[Ctx, Depends(permit("runs.view"))]
Cancel = Annotated[Ctx, Depends(permit("runs.cancel"))]
Asked = Annotated[PageQuery, Depends(page_query())]


@router.get("/runs", responses=answers(Page[RunOut], problems=(401, 403)))
async def list_runs(
    ctx: View,
    asked: Asked,
    bot_id: Number = None,
    dialog_id: Number = None,
    status: Annotated[str | None, Query(max_length=20)] = None,
    source: Annotated[str | None, Query(max_length=20)] = None,
    key_id: Number = None,
) -> Response:
    narrowed = {"bot_id": bot_id, "dialog_id": dialog_id, "key_id": key_id}
    found = await history.listed(ctx, asked, **narrowed, status=status, source=source)
    return reply(found)


@router.get("/runs/{run_id}", responses=answers(RunDetail, problems=(401, 403, 404)))
async def get_run(ctx: View, run_id: Id) -> Response:
    return reply(await history.detail(ctx, run_id))


@router.post(
    "/runs/{run_id}/cancel",
    status_code=204,
    responses=answers(None, 204, problems=(401, 403, 404, 409)),
)
async def cancel_run(ctx: Cancel, run_id: Id) -> Response:
    await running.cancel(ctx, run_id)
    return empty()


@router.post(
    "/messages/{message_id}/fetch-again",
    status_code=202,
    responses=answers(None, 202, problems=(401, 403, 404, 409)),
)
async def fetch_again(
    ctx: Annotated[Ctx, Depends(permit("dialogs.view"))], message_id: Id
) -> Response:
    await media.retry(ctx, message_id)
    return Response(status_code=202)


_UPDATE = {
    "update_id": 498995546,
    "message": {
        "from": {"id": "u-77", "first_name": "Ann", "language_code": "en"},
        "chat": {"id": "u-77_viber"},
        "text": "/start",
        "type": "text",
    },
}


def _hook_document() -> dict[str, Any]:
    refused = {"application/json": {"schema": schema(CompatProblemOut)}}
    either = [schema(hooks.Accepted), schema(hooks.Batch)]
    given = {"application/json": {"schema": {"anyOf": either}}}
    bad = {
        str(status): {"description": "Refused", "content": refused}
        for status in (400, 401, 404, 409, 413, 422, 429, 503)
    }
    body = {"application/json": {"schema": {"type": ["object", "array"]}, "example": _UPDATE}}
    return {
        "post": {
            "tags": ["channels"],
            "summary": "An update, or an array of updates, of a custom channel",
            "operationId": "custom_channel_hook",
            "parameters": [
                {
                    "name": "bot_id",
                    "in": "path",
                    "required": True,
                    "schema": {"type": "integer", "minimum": 1, "maximum": BIGINT},
                }
            ],
            "requestBody": {"required": True, "content": body},
            "responses": {"200": {"description": "Stored for good", "content": given}, **bad},
        }
    }


def _provider_document() -> dict[str, Any]:
    """A provider documents its own calls: here stand only their frame and our answers."""
    own = _hook_document()["post"]
    refused = {status: own["responses"][status] for status in ("400", "401", "404", "409", "503")}
    kind = {"type": "string", "examples": ["telegram"]}
    channel = {"name": "channel", "in": "path", "required": True, "schema": kind}
    said = {"application/json": {"schema": {}}, "text/plain": {"schema": {"type": "string"}}}
    common: dict[str, Any] = {
        "tags": ["channels"],
        "parameters": [*own["parameters"], channel],
        "responses": {"200": {"description": "What the provider reads", "content": said}},
    }
    post = {
        "summary": "What a provider tells of a bot's account",
        "operationId": "provider_hook",
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": {"type": ["object", "array"]}}},
        },
        "responses": common["responses"] | refused,
    }
    get = {
        "summary": "A provider's check of the address",
        "operationId": "provider_hook_check",
        "responses": common["responses"] | {s: refused[s] for s in ("401", "404", "503")} | _NO_GET,
    }
    return {"post": common | post, "get": common | get}


_NO_GET = {"405": {"description": "The provider of this channel checks in another way"}}
openapi_paths = {HOOK: _hook_document(), PROVIDER_HOOK: _provider_document()}
