"""`/api/v1/bot-groups`: groups under which bots stand together."""

from typing import Annotated

from fastapi import Depends, Request
from starlette.responses import Response

from connective.kit.context import Ctx
from connective.kit.http import Router, answers, empty, etag, matching, page_query, permit, reply
from connective.kit.http.params import Id
from connective.kit.paging import Page, PageQuery
from connective.modules.bots.groups import queries, service
from connective.modules.bots.groups.schemas import BotGroup, BotGroupPatch, NewBotGroup

router = Router(prefix="/api/v1/bot-groups", tags=["bots"])
View = Annotated[Ctx, Depends(permit("bots.view"))]
Edit = Annotated[Ctx, Depends(permit("bots.edit"))]
Asked = Annotated[PageQuery, Depends(page_query(*queries.SORTS, default="name"))]


@router.get("", responses=answers(Page[BotGroup], problems=(401, 403)))
async def list_bot_groups(ctx: View, asked: Asked) -> Response:
    return reply(await service.listed(ctx, asked))


@router.post("", status_code=201, responses=answers(BotGroup, 201, problems=(401, 403, 409)))
async def create_bot_group(ctx: Edit, body: NewBotGroup) -> Response:
    return reply(await service.create(ctx, body), 201)


@router.get("/{bot_group_id}", responses=answers(BotGroup, problems=(401, 403, 404)))
async def get_bot_group(ctx: View, bot_group_id: Id) -> Response:
    found = await service.get(ctx, bot_group_id)
    return reply(found, headers=etag(found))


@router.patch("/{bot_group_id}", responses=answers(BotGroup, problems=(401, 403, 404, 409, 412)))
async def change_bot_group(
    ctx: Edit, request: Request, bot_group_id: Id, body: BotGroupPatch
) -> Response:
    matching(request, await service.get(ctx, bot_group_id))
    changed = await service.change(ctx, bot_group_id, body)
    return reply(changed, headers=etag(changed))


@router.delete(
    "/{bot_group_id}", status_code=204, responses=answers(None, 204, problems=(401, 403, 404, 412))
)
async def delete_bot_group(ctx: Edit, request: Request, bot_group_id: Id) -> Response:
    """Delete the group; its bots stay, in no group."""
    matching(request, await service.get(ctx, bot_group_id))
    await service.remove(ctx, bot_group_id)
    return empty()
