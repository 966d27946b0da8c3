"""`/api/v1/settings/op/closing`: what a close needs, and for how long a chat reopens."""

from typing import Annotated

from fastapi import Depends, Request
from starlette.responses import Response

from connective.kit.context import Ctx
from connective.kit.http import Router, answers, etag, matching, permit, reply
from connective.modules.requests import service
from connective.modules.requests.schemas.changes import ClosingRules, ClosingRulesOut

router = Router(prefix="/api/v1/settings/op/closing", tags=["requests"])
View = Annotated[Ctx, Depends(permit("op_settings.view"))]
Edit = Annotated[Ctx, Depends(permit("op_settings.edit"))]


@router.get("", responses=answers(ClosingRulesOut, problems=(401, 403)))
async def get_closing_rules(ctx: View) -> Response:
    """What has to be there before an operator may close a chat."""
    found = await service.closing_rules(ctx)
    return reply(found, headers=etag(found))


@router.put("", responses=answers(ClosingRulesOut, problems=(401, 403, 412)))
async def put_closing_rules(ctx: Edit, request: Request, body: ClosingRules) -> Response:
    """Other demands from now on; what is left out is not demanded."""
    matching(request, await service.closing_rules(ctx))
    stored = await service.change_closing_rules(ctx, body)
    return reply(stored, headers=etag(stored))
