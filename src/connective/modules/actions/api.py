"""`/api/v1/actions`: what a block can do, and trying a request out from the editor."""

from typing import Annotated, Literal

from fastapi import Depends, Path
from starlette.responses import Response

from connective.kit.context import Ctx
from connective.kit.http import Router, answers, permit, reply
from connective.modules.actions import service
from connective.modules.actions.schemas import (
    ActionTemplate,
    ActionTemplates,
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


@router.post("/{action}/test", responses=answers(TriedOut, problems=(401, 403)))
async def test_action(
    ctx: Try, action: Literal["send_request", "send_me"], body: TryOut
) -> Response:
    return reply(await service.try_out(ctx, action, body))
