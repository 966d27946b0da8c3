"""`/api/v1/actions`: what a block can do, requests made from a document, and trying them out."""

from typing import Annotated, Literal

from fastapi import Depends, Path
from starlette.responses import Response

from connective.kit.context import Ctx
from connective.kit.http import Edge, Router, answers, permit, permit_apart, reply
from connective.modules.actions import service
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
TryApart = Annotated[Edge, Depends(permit_apart("actions.try"))]
Name = Annotated[str, Path(max_length=80)]


@router.get("", responses=answers(ActionTemplates, problems=(401, 403)))
async def list_actions(ctx: View) -> Response:
    return reply(service.templates(ctx.actor.language))


@router.get("/{action}", responses=answers(ActionTemplate, problems=(401, 403, 404)))
async def get_action(ctx: View, action: Name) -> Response:
    return reply(service.template(action, ctx.actor.language))


@router.post("/send_request/import", responses=answers(ImportedDocument, problems=(401, 403)))
async def import_openapi(_: TryApart, body: ImportDocument) -> Response:
    """Operations of a document (OpenAPI 3, Swagger 2), each as values of a block.

    Nothing is stored.
    """
    return reply(await service.imported(body))


@router.post("/{action}/test", responses=answers(TriedOut, problems=(401, 403)))
async def test_action(
    ctx: Try, action: Literal["send_request", "send_me"], body: TryOut
) -> Response:
    return reply(await service.try_out(ctx, action, body))
