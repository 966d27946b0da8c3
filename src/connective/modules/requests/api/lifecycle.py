"""What is done to a request: taken, handed on, changed, closed, reopened; its client blocked."""

from functools import partial
from typing import Annotated

from fastapi import Depends, Request
from starlette.responses import Response

from connective.kit.context import Ctx
from connective.kit.http import Router, answers, at_revision, permit, reply, revision
from connective.kit.http.params import Id
from connective.modules.requests import service
from connective.modules.requests.reading.service import changed
from connective.modules.requests.schemas.changes import (
    Assign,
    Block,
    Close,
    Reopen,
    RequestPatch,
    Take,
    Takeover,
    Transfer,
)
from connective.modules.requests.schemas.shown import RequestOut

router = Router(tags=["requests"])
beside = Router(prefix="/api/v1", tags=["requests"])
ANSWERS = answers(RequestOut, problems=(401, 403, 404, 409))
MayTake = Annotated[Ctx, Depends(permit("requests.take"))]
MayAssign = Annotated[Ctx, Depends(permit("requests.assign_any"))]
MayTransfer = Annotated[Ctx, Depends(permit("requests.transfer"))]
MayClose = Annotated[Ctx, Depends(permit("requests.close"))]
MayReopen = Annotated[Ctx, Depends(permit("requests.reopen"))]
MayEdit = Annotated[Ctx, Depends(permit("requests.edit"))]
MayTakeOver = Annotated[Ctx, Depends(permit("requests.takeover"))]
MayBlock = Annotated[Ctx, Depends(permit("clients.edit"))]


@router.post("/{request_id}/take", responses=ANSWERS)
async def take_request(ctx: MayTake, request_id: Id, _: Take | None = None) -> Response:
    """Whoever asks has it from now on."""
    await service.take(ctx, request_id)
    return reply(await changed(ctx, request_id))


@router.post("/{request_id}/assign", responses=ANSWERS)
async def assign_request(ctx: MayAssign, request_id: Id, body: Assign) -> Response:
    """To an operator; without one, back to the queue."""
    await service.assign(ctx, request_id, body)
    return reply(await changed(ctx, request_id))


@router.post("/{request_id}/transfer", responses=ANSWERS)
async def transfer_request(ctx: MayTransfer, request_id: Id, body: Transfer) -> Response:
    """To another operator, to those of a topic, or back to the bot."""
    await service.transfer(ctx, request_id, body)
    return reply(await changed(ctx, request_id))


@router.post("/{request_id}/close", responses=ANSWERS)
async def close_request(ctx: MayClose, request_id: Id, body: Close) -> Response:
    """Ends the chat; the scenario goes on where it was arranged."""
    await service.close(ctx, request_id, body)
    return reply(await changed(ctx, request_id))


@router.post("/{request_id}/reopen", responses=ANSWERS)
async def reopen_request(ctx: MayReopen, request_id: Id, _: Reopen | None = None) -> Response:
    """A closed request goes on with whoever asks."""
    await service.reopen(ctx, request_id)
    return reply(await changed(ctx, request_id))


@router.patch("/{request_id}", responses=answers(RequestOut, problems=(401, 403, 404, 409, 412)))
async def change_request(
    ctx: MayEdit, request: Request, request_id: Id, body: RequestPatch
) -> Response:
    """Topic, tags, comment, weight, state, operator: only what is sent changes.

    `If-Match` takes the `ETag` of the request as it was read.
    """
    await service.change(ctx, request_id, body, is_current=partial(at_revision, request))
    now = await changed(ctx, request_id)
    return reply(now, headers=revision(now.rev))


@router.post("/{request_id}/block", responses=ANSWERS)
async def block_client(ctx: MayBlock, request_id: Id, body: Block) -> Response:
    """Blocks the client's contact; closes nothing."""
    await service.block(ctx, request_id, body)
    return reply(await changed(ctx, request_id))


@router.post("/{request_id}/unblock", responses=ANSWERS)
async def unblock_client(ctx: MayBlock, request_id: Id) -> Response:
    """The client is heard again."""
    await service.unblock(ctx, request_id)
    return reply(await changed(ctx, request_id))


@beside.post("/dialogs/{dialog_id}/takeover", responses=ANSWERS)
async def take_dialog_over(ctx: MayTakeOver, dialog_id: Id, body: Takeover) -> Response:
    """A dialog that the bot leads is led by whoever asks from now on."""
    chat = await service.takeover(ctx, dialog_id, body)
    return reply(await changed(ctx, chat.id))
