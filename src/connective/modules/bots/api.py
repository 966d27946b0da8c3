"""`/api/v1/bots`: the list, one bot, its switch and its key; `/api/v1/bot-groups`."""

from typing import Annotated

from fastapi import Depends, Query, Request
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
from connective.kit.http.params import Id, Number
from connective.kit.paging import Page, PageQuery
from connective.kit.realtime import EventId
from connective.modules.bots import queries, service
from connective.modules.bots.groups import api as groups
from connective.modules.bots.schemas import (
    ApiKey,
    Bot,
    BotActivated,
    BotCreated,
    BotListed,
    BotPatch,
    Chosen,
    NewBot,
    RotateKey,
)

bots = Router(prefix="/api/v1/bots", tags=["bots"])
View = Annotated[Ctx, Depends(permit("bots.view"))]
Edit = Annotated[Ctx, Depends(permit("bots.edit"))]
Switch = Annotated[Ctx, Depends(permit("bots.activate"))]
Delete = Annotated[Ctx, Depends(permit("bots.delete"))]
Asked = Annotated[PageQuery, Depends(page_query(*queries.SORTS, default="name"))]


@bots.get("", responses=answers(Page[BotListed], problems=(401, 403)))
async def list_bots(
    seen: EventId,
    ctx: View,
    asked: Asked,
    q: Annotated[str | None, Query(max_length=100)] = None,
    active: bool | None = None,
    group_id: Number = None,
) -> Response:
    found = await service.listed(ctx, asked, Chosen(q, active, group_id))
    return reply(found, headers=seen)


@bots.post("", status_code=201, responses=answers(BotCreated, 201, problems=(401, 403, 409)))
async def create_bot(ctx: Edit, body: NewBot) -> Response:
    return reply(await service.create(ctx, body), 201)


@bots.get("/{bot_id}", responses=answers(Bot, problems=(401, 403, 404)))
async def get_bot(seen: EventId, ctx: View, bot_id: Id) -> Response:
    bot = await service.get(ctx, bot_id)
    return reply(bot, headers=etag(bot) | seen)


@bots.patch("/{bot_id}", responses=answers(Bot, problems=(401, 403, 404, 409, 412)))
async def change_bot(ctx: Edit, request: Request, bot_id: Id, body: BotPatch) -> Response:
    matching(request, await service.get(ctx, bot_id, action="bots.edit"))
    bot = await service.change(ctx, bot_id, body)
    return reply(bot, headers=etag(bot))


@bots.delete(
    "/{bot_id}", status_code=204, responses=answers(None, 204, problems=(401, 403, 404, 412))
)
async def archive_bot(ctx: Delete, request: Request, bot_id: Id) -> Response:
    matching(request, await service.get(ctx, bot_id, action="bots.delete"))
    await service.archive(ctx, bot_id)
    return empty()


@bots.post("/{bot_id}/activate", responses=answers(BotActivated, problems=(401, 403, 404)))
async def activate_bot(ctx: Switch, bot_id: Id) -> Response:
    return reply(await service.activate(ctx, bot_id))


@bots.post("/{bot_id}/deactivate", responses=answers(BotActivated, problems=(401, 403, 404)))
async def deactivate_bot(ctx: Switch, bot_id: Id) -> Response:
    return reply(await service.deactivate(ctx, bot_id))


@bots.post("/{bot_id}/api-key/rotate", responses=answers(ApiKey, problems=(401, 403, 404)))
async def rotate_bot_key(ctx: Edit, bot_id: Id, body: RotateKey | None = None) -> Response:
    overlap_h = (body or RotateKey()).overlap_h
    return reply(await service.rotate_key(ctx, bot_id, overlap_h=overlap_h))


router = Router()
router.include_router(bots)
router.include_router(groups.router)
