"""The switch of the public API documentation."""

from typing import Annotated

from fastapi import Depends, Request
from starlette.responses import Response

from connective.kit.context import Ctx
from connective.kit.http import Router, answers, etag, matching, permit, reply
from connective.modules.settings.schemas import ApiDocsIn, ApiDocsSettings
from connective.modules.settings.service import api_docs

router = Router(prefix="/settings/api-docs", tags=["settings"])


@router.get("", responses=answers(ApiDocsSettings, problems=(401, 403)))
async def get_api_docs_settings(ctx: Annotated[Ctx, Depends(permit("settings.view"))]) -> Response:
    """Whether everyone may read the API documentation."""
    found = await api_docs.current(ctx)
    return reply(found, headers=etag(found))


@router.put("", responses=answers(ApiDocsSettings, problems=(401, 403, 412)))
async def change_api_docs_settings(
    request: Request, body: ApiDocsIn, ctx: Annotated[Ctx, Depends(permit("settings.edit"))]
) -> Response:
    """Open the API documentation to everyone, or close it."""
    matching(request, await api_docs.current(ctx))
    changed = await api_docs.change(ctx, public=body.public)
    return reply(changed, headers=etag(changed))
