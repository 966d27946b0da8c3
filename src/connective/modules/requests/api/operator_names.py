"""`/api/v1/settings/op/operators`: how clients see who writes to them."""

from typing import Annotated

from fastapi import Depends, Request
from starlette.responses import Response

from connective.kit.context import Ctx
from connective.kit.http import Router, answers, etag, matching, permit, reply
from connective.modules.requests import service
from connective.modules.requests.authors.schemas import (
    NamePreview,
    NamePreviewOf,
    OperatorNames,
    OperatorNamesOut,
)
from connective.modules.requests.schemas.changes import SettableTopics

router = Router(prefix="/api/v1/settings/op/operators", tags=["requests"])
beside = Router(prefix="/api/v1", tags=["requests"])
Seen = Annotated[Ctx, Depends(permit("requests.view"))]
View = Annotated[Ctx, Depends(permit("op_settings.view"))]
Edit = Annotated[Ctx, Depends(permit("op_settings.edit"))]


@router.get("", responses=answers(OperatorNamesOut, problems=(401, 403)))
async def get_operator_names(ctx: View) -> Response:
    """The template of the name, and what a channel has otherwise."""
    found = await service.operator_names(ctx)
    return reply(found, headers=etag(found))


@router.put("", responses=answers(OperatorNamesOut, problems=(401, 403, 412)))
async def put_operator_names(ctx: Edit, request: Request, body: OperatorNames) -> Response:
    """Other names from the next message on."""
    matching(request, await service.operator_names(ctx))
    stored = await service.change_operator_names(ctx, body)
    return reply(stored, headers=etag(stored))


@router.post("/preview", responses=answers(NamePreview, problems=(401, 403)))
async def preview_operator_names(ctx: View, body: NamePreviewOf) -> Response:
    """The names that an operator would have by these settings, which are not stored."""
    return reply(await service.preview_operator_names(ctx, body))


@beside.get("/settable-topics", responses=answers(SettableTopics, problems=(401, 403)))
async def list_settable_topics(ctx: Seen) -> Response:
    """Which topics the reader may set on requests; null: all that he sees."""
    found = await service.settable_topics(ctx)
    return reply(SettableTopics(None if found is None else sorted(found)))
