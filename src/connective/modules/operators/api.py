"""`/api/v1/operators`, `/operator-statuses`, `/skill-groups`: the team and what bounds its work."""

from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.responses import Response

from connective.kit.context import Ctx
from connective.kit.http import (
    Router,
    answers,
    empty,
    etag,
    matching,
    page_query,
    permit,
    reply,
)
from connective.kit.http.params import Id
from connective.kit.paging import Page, PageQuery
from connective.kit.realtime import EventId
from connective.modules.operators import service
from connective.modules.operators.schemas import (
    BotOperators,
    BotOperatorsIn,
    Interval,
    NewSkillGroup,
    NewStatus,
    Operator,
    OperatorMessage,
    OperatorPatch,
    OwnStatus,
    QuotaRules,
    QuotaRulesIn,
    SetStatus,
    SkillGroup,
    SkillGroupPatch,
    SkillGroups,
    Status,
    Statuses,
    StatusPatch,
    Team,
)
from connective.modules.operators.service import quotas

router = Router(prefix="/api/v1", tags=["operators"])
Me = Annotated[Ctx, Depends(permit())]
View = Annotated[Ctx, Depends(permit("operators.view"))]
Edit = Annotated[Ctx, Depends(permit("operators.edit"))]
Message = Annotated[Ctx, Depends(permit("operators.message"))]
SetOthers = Annotated[Ctx, Depends(permit("operators.status"))]
ViewStatuses = Annotated[Ctx, Depends(permit("operator_statuses.view"))]
EditStatuses = Annotated[Ctx, Depends(permit("operator_statuses.edit"))]
ViewGroups = Annotated[Ctx, Depends(permit("skill_groups.view"))]
ViewRules = Annotated[Ctx, Depends(permit("op_settings.view"))]
EditRules = Annotated[Ctx, Depends(permit("op_settings.edit"))]
EditGroups = Annotated[Ctx, Depends(permit("skill_groups.edit"))]
ViewBot = Annotated[Ctx, Depends(permit("bots.view"))]
EditBot = Annotated[Ctx, Depends(permit("bots.edit"))]
Asked = Annotated[PageQuery, Depends(page_query())]
CHANGING = (401, 403, 404, 409, 412)
SETTABLE = (
    *("user_id", "public_name", "dialog_limit", "limit_today", "touch_quota"),
    *("channel_limits", "paused", "groups"),
)


@router.get("/operators", responses=answers(Team, problems=(401, 403)))
async def list_operators(seen: EventId, ctx: View) -> Response:
    """The team as the caller sees it: people of his groups, and those who are in none."""
    return reply(Team(await service.team(ctx)), headers=seen)


@router.get("/operators/me/status", responses=answers(OwnStatus, problems=(401, 403)))
async def get_own_status(ctx: Me) -> Response:
    return reply(await service.own_status(ctx))


@router.put("/operators/me/status", responses=answers(OwnStatus, problems=(401, 403, 404)))
async def set_own_status(ctx: Me, body: SetStatus) -> Response:
    return reply(await service.set_own_status(ctx, body))


@router.get("/operators/{user_id}", responses=answers(Operator, problems=(401, 403, 404)))
async def get_operator(seen: EventId, ctx: View, user_id: Id) -> Response:
    """`ETag` names what can be changed of him, not what he does."""
    found = await service.get_operator(ctx, user_id)
    return reply(found, headers=seen | etag(_settable(found)))


@router.patch("/operators/{user_id}", responses=answers(Operator, problems=(401, 403, 404, 412)))
async def change_operator(
    ctx: Edit, request: Request, user_id: Id, body: OperatorPatch
) -> Response:
    before = await service.get_operator(ctx, user_id, action="operators.edit")
    matching(request, _settable(before))
    changed = await service.change_operator(ctx, user_id, body)
    return reply(changed, headers=etag(_settable(changed)))


def _settable(operator: Operator) -> list[Any]:
    return [getattr(operator, name) for name in SETTABLE]


@router.put("/operators/{user_id}/status", responses=answers(Operator, problems=(401, 403, 404)))
async def set_status(ctx: SetOthers, user_id: Id, body: SetStatus) -> Response:
    return reply(await service.set_status(ctx, user_id, body))


@router.post(
    "/operators/{user_id}/messages",
    status_code=204,
    responses=answers(None, 204, problems=(401, 403, 404)),
)
async def message_operator(ctx: Message, user_id: Id, body: OperatorMessage) -> Response:
    """Say a few words to him: he sees them at once, or when he comes back."""
    await service.message(ctx, user_id, body.text)
    return empty()


@router.get(
    "/operators/{user_id}/intervals",
    responses=answers(Page[Interval], problems=(401, 403, 404)),
)
async def list_intervals(ctx: View, user_id: Id, asked: Asked) -> Response:
    return reply(await service.intervals(ctx, user_id, asked))


@router.get("/settings/op/quota", responses=answers(QuotaRules, problems=(401, 403)))
async def get_quota(ctx: ViewRules) -> Response:
    """How many different clients a day an operator should have who has no quota of his own."""
    found = await quotas.rules(ctx)
    return reply(found, headers=etag(found))


@router.put("/settings/op/quota", responses=answers(QuotaRules, problems=(401, 403, 412)))
async def put_quota(ctx: EditRules, request: Request, body: QuotaRulesIn) -> Response:
    """Another quota for everybody, and whether it stops new chats."""
    matching(request, await quotas.rules(ctx))
    stored = await quotas.change_rules(ctx, body)
    return reply(stored, headers=etag(stored))


@router.get("/operator-statuses", responses=answers(Statuses, problems=(401, 403)))
async def list_statuses(ctx: ViewStatuses) -> Response:
    return reply(Statuses(await service.list_statuses(ctx)))


@router.post(
    "/operator-statuses", status_code=201, responses=answers(Status, 201, problems=(401, 403))
)
async def create_status(ctx: EditStatuses, body: NewStatus) -> Response:
    return reply(await service.create_status(ctx, body), 201)


@router.get("/operator-statuses/{status_id}", responses=answers(Status, problems=(401, 403, 404)))
async def get_status(ctx: ViewStatuses, status_id: Id) -> Response:
    found = await service.get_status(ctx, status_id)
    return reply(found, headers=etag(found))


@router.patch("/operator-statuses/{status_id}", responses=answers(Status, problems=CHANGING))
async def change_status(
    ctx: EditStatuses, request: Request, status_id: Id, body: StatusPatch
) -> Response:
    matching(request, await service.get_status(ctx, status_id))
    changed = await service.change_status(ctx, status_id, body)
    return reply(changed, headers=etag(changed))


@router.delete(
    "/operator-statuses/{status_id}",
    status_code=204,
    responses=answers(None, 204, problems=CHANGING),
)
async def delete_status(ctx: EditStatuses, request: Request, status_id: Id) -> Response:
    matching(request, await service.get_status(ctx, status_id))
    await service.delete_status(ctx, status_id)
    return empty()


@router.get("/skill-groups", responses=answers(SkillGroups, problems=(401, 403)))
async def list_groups(ctx: ViewGroups) -> Response:
    return reply(SkillGroups(await service.list_groups(ctx)))


@router.post(
    "/skill-groups", status_code=201, responses=answers(SkillGroup, 201, problems=(401, 403, 409))
)
async def create_group(ctx: EditGroups, body: NewSkillGroup) -> Response:
    return reply(await service.create_group(ctx, body), 201)


@router.get("/skill-groups/{group_id}", responses=answers(SkillGroup, problems=(401, 403, 404)))
async def get_group(ctx: ViewGroups, group_id: Id) -> Response:
    found = await service.get_group(ctx, group_id)
    return reply(found, headers=etag(found))


@router.patch("/skill-groups/{group_id}", responses=answers(SkillGroup, problems=CHANGING))
async def change_group(
    ctx: EditGroups, request: Request, group_id: Id, body: SkillGroupPatch
) -> Response:
    matching(request, await service.get_group(ctx, group_id))
    changed = await service.change_group(ctx, group_id, body)
    return reply(changed, headers=etag(changed))


@router.delete(
    "/skill-groups/{group_id}",
    status_code=204,
    responses=answers(None, 204, problems=CHANGING),
)
async def delete_group(ctx: EditGroups, request: Request, group_id: Id) -> Response:
    matching(request, await service.get_group(ctx, group_id))
    await service.delete_group(ctx, group_id)
    return empty()


@router.get("/bots/{bot_id}/operators", responses=answers(BotOperators, problems=(401, 403, 404)))
async def get_bot_operators(ctx: ViewBot, bot_id: Id) -> Response:
    """The topic of the bot's chats that have none, and who serves those of no skill group."""
    found = await service.of_bot(ctx, bot_id)
    return reply(found, headers=etag(found))


@router.put(
    "/bots/{bot_id}/operators", responses=answers(BotOperators, problems=(401, 403, 404, 412))
)
async def put_bot_operators(
    ctx: EditBot, request: Request, bot_id: Id, body: BotOperatorsIn
) -> Response:
    """Other ones from now on; unclosed chats follow their new group."""
    matching(request, await service.of_bot(ctx, bot_id, action="bots.edit"))
    stored = await service.choose_of_bot(ctx, bot_id, body)
    return reply(stored, headers=etag(stored))
