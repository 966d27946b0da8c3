"""`/api/v1/actions`: what a block can do, requests made from a document, and trying them out."""

import asyncio
from typing import Annotated, Literal

from fastapi import Depends, Path
from starlette.responses import Response

from connective.kit.context import Ctx
from connective.kit.http import Router, answers, permit, reply
from connective.modules.actions import openapi, service
from connective.modules.actions.schemas import (
    ActionTemplate,
    ActionTemplates,
    ImportDocument,
    ImportedDocument,
    TriedOut,
    TryOut,
)

router = Router(prefix="/api/v1/actions", tags=["actions"])
View = Annotated[Ctx, Depends(permit("actions.view"))]
Try = Annotated[Ctx, Depends(permit("actions.try"))]
Name = Annotated[str, Path(max_length=80)]


@router.get("", responses=answers(ActionTemplates, problems=(401, 403)))
async def list_actions(ctx: View) -> Response:
    return reply(service.templates(ctx.actor.language))


@router.get("/{action}", responses=answers(ActionTemplate, problems=(401, 403, 404)))
async def get_action(ctx: View, action: Name) -> Response:
    return reply(service.template(action, ctx.actor.language))


@router.post("/send_request/import", responses=answers(ImportedDocument, problems=(401, 403)))
async def import_openapi(_: Try, body: ImportDocument) -> Response:
    """Operations of an OpenAPI document 3.x, each as values of a block; nothing is stored."""
    return reply(await asyncio.to_thread(openapi.imported, body.document, body.server))


@router.post("/{action}/test", responses=answers(TriedOut, problems=(401, 403)))
async def test_action(
    ctx: Try, action: Literal["send_request", "send_me"], body: TryOut
) -> Response:
    return reply(await service.try_out(ctx, action, body))
