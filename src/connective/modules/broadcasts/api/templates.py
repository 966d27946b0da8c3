"""`/api/v1/broadcast-templates`, `/api/v1/broadcast`: templates, messages made of them, rules."""

from typing import Annotated

from fastapi import Depends, Query, Request
from starlette.responses import Response

from connective.kit.context import Ctx
from connective.kit.http import Router, answers, empty, etag, matching, page_query, permit, reply
from connective.kit.http.params import Id, Number
from connective.kit.paging import Page, PageQuery
from connective.modules.broadcasts import service
from connective.modules.broadcasts.schemas import (
    BroadcastRules,
    BroadcastRulesIn,
    BroadcastScheduled,
    MessageTemplate,
    NewTemplate,
    RouteIn,
    TemplateMessage,
    TemplatePatch,
    TemplatePreview,
    TemplatePreviewIn,
)

router = Router(prefix="/api/v1", tags=["broadcasts"])
View = Annotated[Ctx, Depends(permit("broadcasts.view"))]
Edit = Annotated[Ctx, Depends(permit("broadcasts.edit"))]
Send = Annotated[Ctx, Depends(permit("broadcasts.send"))]
Asked = Annotated[PageQuery, Depends(page_query())]
Search = Annotated[str | None, Query(max_length=100)]


@router.get("/broadcast-templates", responses=answers(Page[MessageTemplate], problems=(401, 403)))
async def list_templates(
    ctx: View,
    asked: Asked,
    q: Search = None,
    active: bool | None = None,
    bot_id: Number = None,
) -> Response:
    found = await service.list_templates(ctx, asked, search=q, active=active, bot_id=bot_id)
    return reply(found)


@router.post(
    "/broadcast-templates",
    status_code=201,
    responses=answers(MessageTemplate, 201, problems=(401, 403, 404, 409)),
)
async def create_template(ctx: Edit, body: NewTemplate) -> Response:
    return reply(await service.create_template(ctx, body), 201)


@router.post(
    "/broadcast-templates/preview", responses=answers(TemplatePreview, problems=(401, 403))
)
async def preview_template(ctx: View, body: TemplatePreviewIn) -> Response:
    return reply(await service.preview(ctx, body))


@router.get(
    "/broadcast-templates/{template_id}",
    responses=answers(MessageTemplate, problems=(401, 403, 404)),
)
async def get_template(ctx: View, template_id: Id) -> Response:
    found = await service.get_template(ctx, template_id)
    return reply(found, headers=etag(found))


@router.patch(
    "/broadcast-templates/{template_id}",
    responses=answers(MessageTemplate, problems=(401, 403, 404, 409, 412)),
)
async def change_template(
    ctx: Edit, request: Request, template_id: Id, body: TemplatePatch
) -> Response:
    matching(request, await service.get_template(ctx, template_id, action="broadcasts.edit"))
    changed = await service.change_template(ctx, template_id, body)
    return reply(changed, headers=etag(changed))


@router.delete(
    "/broadcast-templates/{template_id}",
    status_code=204,
    responses=answers(None, 204, problems=(401, 403, 404, 409, 412)),
)
async def delete_template(ctx: Edit, request: Request, template_id: Id) -> Response:
    """Archive a template; 409 while messages made from it wait."""
    matching(request, await service.get_template(ctx, template_id, action="broadcasts.edit"))
    await service.archive_template(ctx, template_id)
    return empty()


@router.post(
    "/broadcast/route", responses=answers(BroadcastScheduled, problems=(401, 403, 404, 409))
)
async def send_by_template(ctx: Send, body: RouteIn) -> Response:
    """What `/kw/api/broadcast/route` does, refused as everything under `/api/v1` is."""
    return reply(await service.route(ctx, body))


@router.get("/broadcast/messages", responses=answers(Page[TemplateMessage], problems=(401, 403)))
async def list_messages(
    ctx: View,
    asked: Asked,
    template_id: Number = None,
    phone: Annotated[str | None, Query(max_length=40)] = None,
) -> Response:
    return reply(await service.list_sent(ctx, asked, template_id=template_id, phone=phone))


@router.get(
    "/broadcast/messages/{message_id}", responses=answers(TemplateMessage, problems=(401, 403, 404))
)
async def get_message(ctx: View, message_id: Id) -> Response:
    return reply(await service.sent(ctx, message_id))


@router.get("/broadcast/settings", responses=answers(BroadcastRules, problems=(401, 403)))
async def get_settings(ctx: View) -> Response:
    found = await service.read_rules(ctx)
    return reply(found, headers=etag(found))


@router.put("/broadcast/settings", responses=answers(BroadcastRules, problems=(401, 403, 412)))
async def put_settings(ctx: Edit, request: Request, body: BroadcastRulesIn) -> Response:
    matching(request, await service.read_rules(ctx))
    changed = await service.write_rules(ctx, body)
    return reply(changed, headers=etag(changed))
