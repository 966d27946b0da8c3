"""`/api/v1/actions`: trying a request out from the editor."""

from typing import Annotated, Literal

from fastapi import Depends
from starlette.responses import Response

from connective.kit.context import Ctx
from connective.kit.http import Router, answers, permit, reply
from connective.modules.actions import service
from connective.modules.actions.schemas import TriedOut, TryOut

router = Router(prefix="/api/v1/actions", tags=["actions"])
Try = Annotated[Ctx, Depends(permit("actions.try"))]


@router.post("/{action}/test", responses=answers(TriedOut, problems=(401, 403)))
async def test_action(
    ctx: Try, action: Literal["send_request", "send_me"], body: TryOut
) -> Response:
    return reply(await service.try_out(ctx, action, body))
