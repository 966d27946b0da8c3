"""`/api/v1/queue`, `/distribution/attempts`, `/settings/op/distribution`."""

from typing import Annotated, Literal

from fastapi import Depends, Request
from starlette.responses import Response

from connective.kit.context import Ctx
from connective.kit.http import Router, answers, etag, matching, page_query, permit, reply
from connective.kit.http.params import Number
from connective.kit.paging import Page, PageQuery
from connective.kit.realtime import EventId
from connective.modules.requests.distribution import attempts, rules, waiting
from connective.modules.requests.distribution.schemas import (
    DistributionAttempt,
    DistributionRules,
    DistributionRulesIn,
    Queue,
)

router = Router(prefix="/api/v1", tags=["distribution"])
View = Annotated[Ctx, Depends(permit("queue.view"))]
ViewTries = Annotated[Ctx, Depends(permit("distribution.view"))]
ViewRules = Annotated[Ctx, Depends(permit("op_settings.view"))]
EditRules = Annotated[Ctx, Depends(permit("op_settings.edit"))]
Asked = Annotated[PageQuery, Depends(page_query())]
RULES = "/settings/op/distribution"


@router.get("/queue", responses=answers(Queue, problems=(401, 403)))
async def get_queue(seen: EventId, ctx: View, asked: Asked) -> Response:
    """What waits for an operator, in the order of service, and why."""
    return reply(await waiting.queue(ctx, asked), headers=seen)


@router.get(
    "/distribution/attempts", responses=answers(Page[DistributionAttempt], problems=(401, 403))
)
async def list_attempts(
    ctx: ViewTries,
    asked: Asked,
    request_id: Number = None,
    operator_id: Number = None,
    result: Literal["distributed", "skipped"] | None = None,
) -> Response:
    """How requests found their operator, or why they did not, the newest first."""
    found = await attempts.listed(
        ctx, asked, request_id=request_id, operator_id=operator_id, result=result
    )
    return reply(found)


@router.get(RULES, responses=answers(DistributionRules, problems=(401, 403)))
async def get_rules(ctx: ViewRules) -> Response:
    found = await rules.current(ctx)
    return reply(found, headers=etag(found))


@router.put(RULES, responses=answers(DistributionRules, problems=(401, 403, 412)))
async def change_rules(ctx: EditRules, request: Request, body: DistributionRulesIn) -> Response:
    """Change what is named; what waits is looked at again at once."""
    matching(request, await rules.current(ctx))
    changed = await rules.change(ctx, body)
    return reply(changed, headers=etag(changed))
