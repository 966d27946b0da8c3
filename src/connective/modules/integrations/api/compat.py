"""`/kw/api/{module}/{entity}/get|count|set|delete`: one route an operation, for all entities."""

from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.responses import Response

from connective.contracts.entity import find
from connective.kit import errors, outside_json
from connective.kit.context import Ctx
from connective.kit.http import Router, permit, reply
from connective.modules.integrations.compat import document, reading, writing
from connective.modules.integrations.compat.reading import known

ROOT = "/kw/api/{module}/{entity}"
router = Router(include_in_schema=False)
openapi_paths = document.paths
SignedIn = Annotated[Ctx, Depends(permit())]


async def _json(request: Request) -> Any:
    try:
        return outside_json.read(await request.body())
    except outside_json.NotJson as failure:
        raise errors.BadRequest("bad_json", reason=str(failure)) from None


async def _question(request: Request) -> dict[str, Any]:
    """The query, and over it the body of a POST."""
    given: dict[str, Any] = dict(request.query_params)
    if request.method == "POST" and (await request.body()).strip():
        body = await _json(request)
        if not isinstance(body, dict):
            raise errors.invalid(errors.FieldError("body", "dict_type"))
        given |= body
    return given


@router.api_route(f"{ROOT}/get", methods=["GET", "POST"])
async def get_entity(ctx: SignedIn, request: Request, module: str, entity: str) -> Response:
    found = known(find(module, entity))
    return reply(await reading.get(ctx, found, await _question(request)))


@router.api_route(f"{ROOT}/count", methods=["GET", "POST"])
async def count_entity(ctx: SignedIn, request: Request, module: str, entity: str) -> Response:
    found = known(find(module, entity))
    return reply(await reading.count(ctx, found, await _question(request)))


@router.post(f"{ROOT}/set")
async def set_entity(ctx: SignedIn, request: Request, module: str, entity: str) -> Response:
    found = known(find(module, entity))
    return reply(await writing.set_(ctx, found, await _json(request)))


@router.post(f"{ROOT}/delete")
async def delete_entity(ctx: SignedIn, request: Request, module: str, entity: str) -> Response:
    found = known(find(module, entity))
    return reply(await writing.delete(ctx, found, await _json(request)))
