"""`/api/v1/bots/{bot_id}/custom-channel`: settings, secret, test message."""

from typing import Annotated

from fastapi import Depends, Request
from starlette.responses import Response

from connective.kit.context import Ctx
from connective.kit.http import Router, answers, etag, matching, permit, reply
from connective.kit.http.params import Id
from connective.modules.channels import probe, service
from connective.modules.channels.schemas import (
    CustomChannel,
    CustomChannelIn,
    SecretRotation,
    SigningSecret,
    TestCall,
)

router = Router(prefix="/api/v1/bots/{bot_id}/custom-channel", tags=["channels"])
View = Annotated[Ctx, Depends(permit("channels.view"))]
Edit = Annotated[Ctx, Depends(permit("channels.edit"))]


@router.get("", responses=answers(CustomChannel | None, problems=(401, 403, 404)))
async def get_custom_channel(ctx: View, bot_id: Id) -> Response:
    found = await service.custom_channel(ctx, bot_id)
    return reply(found, headers=etag(found))


@router.put("", responses=answers(CustomChannel, problems=(401, 403, 404, 412)))
async def put_custom_channel(
    ctx: Edit, request: Request, bot_id: Id, body: CustomChannelIn
) -> Response:
    matching(request, await service.custom_channel(ctx, bot_id))
    stored = await service.put_custom_channel(ctx, bot_id, body)
    # the answer may hold the secret, once
    return reply(stored, headers=etag(await service.custom_channel(ctx, bot_id)))


@router.post("/rotate-secret", responses=answers(SigningSecret, problems=(401, 403, 404)))
async def rotate_secret(ctx: Edit, bot_id: Id, body: SecretRotation | None = None) -> Response:
    overlap_h = (body or SecretRotation()).overlap_h
    return reply(await service.rotate_secret(ctx, bot_id, overlap_h=overlap_h))


@router.post("/test", responses=answers(TestCall, problems=(401, 403, 404)))
async def send_test_message(ctx: Edit, bot_id: Id) -> Response:
    return reply(await probe.send_test(ctx, bot_id))
