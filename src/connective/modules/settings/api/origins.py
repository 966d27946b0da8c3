"""`/api/v1/settings/api-origins`: pages of which other origins may call the API."""

from typing import Annotated

from fastapi import Depends, Request
from starlette.responses import Response

from connective.kit.context import Ctx
from connective.kit.http import Router, answers, etag, matching, permit, reply
from connective.modules.settings.schemas import ApiOrigins, ApiOriginsIn
from connective.modules.settings.service import origins

router = Router(prefix="/settings/api-origins", tags=["settings"])


@router.get("", responses=answers(ApiOrigins, problems=(401, 403)))
async def get_api_origins(ctx: Annotated[Ctx, Depends(permit("settings.view"))]) -> Response:
    """Origins whose pages may call the API, beside those that the instance was started with."""
    found = await origins.current(ctx)
    return reply(found, headers=etag(found))


@router.put("", responses=answers(ApiOrigins, problems=(401, 403, 412)))
async def change_api_origins(
    request: Request, body: ApiOriginsIn, ctx: Annotated[Ctx, Depends(permit("settings.edit"))]
) -> Response:
    """Other origins; each process follows within some seconds."""
    matching(request, await origins.current(ctx))
    changed = await origins.change(ctx, body.origins)
    return reply(changed, headers=etag(changed))
