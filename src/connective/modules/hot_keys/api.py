"""`/api/v1/settings/op/hot-keys`: everybody's keys; `/api/v1/me/hot-keys`: one's own."""

from typing import Annotated

from fastapi import Depends, Request
from starlette.responses import Response

from connective.kit.context import Ctx
from connective.kit.http import Router, answers, etag, matching, permit, reply
from connective.modules.hot_keys import service
from connective.modules.hot_keys.schemas import HotKeys, HotKeysIn, OwnHotKeysIn

router = Router(prefix="/api/v1", tags=["hot keys"])
SignedIn = Annotated[Ctx, Depends(permit())]
View = Annotated[Ctx, Depends(permit("op_settings.view"))]
Edit = Annotated[Ctx, Depends(permit("op_settings.edit"))]


@router.get("/settings/op/hot-keys", responses=answers(HotKeys, problems=(401, 403)))
async def get_hot_keys(ctx: View) -> Response:
    """The keys of everybody who has none of his own."""
    found = await service.everyone(ctx)
    return reply(found, headers=etag(found))


@router.put("/settings/op/hot-keys", responses=answers(HotKeys, problems=(401, 403, 412)))
async def put_hot_keys(ctx: Edit, request: Request, body: HotKeysIn) -> Response:
    """Other keys for everybody, and whether people may have their own."""
    matching(request, await service.everyone(ctx))
    stored = await service.change_everyone(ctx, body)
    return reply(stored, headers=etag(stored))


@router.get("/me/hot-keys", responses=answers(HotKeys, problems=(401, 403)))
async def get_own_hot_keys(ctx: SignedIn) -> Response:
    """My keys."""
    found = await service.own(ctx)
    return reply(found, headers=etag(found))


@router.put("/me/hot-keys", responses=answers(HotKeys, problems=(401, 403, 412)))
async def put_own_hot_keys(ctx: SignedIn, request: Request, body: OwnHotKeysIn) -> Response:
    """Other keys for me alone, on every device."""
    matching(request, await service.own(ctx))
    stored = await service.change_own(ctx, body)
    return reply(stored, headers=etag(stored))
