"""`/api/v1/settings/op/timers`: when chats that nobody goes on with end."""

from typing import Annotated

from fastapi import Depends, Request
from starlette.responses import Response

from connective.kit.context import Ctx
from connective.kit.http import Router, answers, etag, matching, permit, reply
from connective.modules.requests.timers import rules
from connective.modules.requests.timers.schemas import TimerRules, TimerRulesIn

router = Router(prefix="/api/v1/settings/op", tags=["distribution"])
View = Annotated[Ctx, Depends(permit("op_settings.view"))]
Edit = Annotated[Ctx, Depends(permit("op_settings.edit"))]


@router.get("/timers", responses=answers(TimerRules, problems=(401, 403)))
async def get_timers(ctx: View) -> Response:
    found = await rules.current(ctx)
    return reply(found, headers=etag(found))


@router.put("/timers", responses=answers(TimerRules, problems=(401, 403, 412)))
async def change_timers(ctx: Edit, request: Request, body: TimerRulesIn) -> Response:
    """Change what is named, all or nothing; chats that are open now follow the new rules."""
    matching(request, await rules.current(ctx))
    changed = await rules.change(ctx, body)
    return reply(changed, headers=etag(changed))
