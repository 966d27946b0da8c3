"""`/api/v1/settings/op/side`: how the right side of the panel comes up."""

from typing import Annotated

from fastapi import Depends, Request
from starlette.responses import Response

from connective.kit.context import Ctx
from connective.kit.http import Router, answers, etag, matching, permit, reply
from connective.modules.requests.side import rules
from connective.modules.requests.side.schemas import SideRules, SideRulesIn

router = Router(prefix="/api/v1/settings/op/side", tags=["requests"])
Seen = Annotated[Ctx, Depends(permit("requests.view"))]
Edit = Annotated[Ctx, Depends(permit("op_settings.edit"))]


@router.get("", responses=answers(SideRules, problems=(401, 403)))
async def get_side(ctx: Seen) -> Response:
    """For everyone who works in the panel: it comes up like this."""
    found = await rules.current(ctx)
    return reply(found, headers=etag(found))


@router.put("", responses=answers(SideRules, problems=(401, 403, 412)))
async def put_side(ctx: Edit, request: Request, body: SideRulesIn) -> Response:
    """Another way for everybody who has chosen none himself."""
    matching(request, await rules.current(ctx))
    stored = await rules.change(ctx, body)
    return reply(stored, headers=etag(stored))
