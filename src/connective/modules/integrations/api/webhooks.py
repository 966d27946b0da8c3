"""`/api/v1/webhooks`: set up, test, pause, resume, renew the secret, list what can be heard."""

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
from connective.modules.integrations.webhooks import addresses, event_urls, queries, service
from connective.modules.integrations.webhooks.schemas import (
    Catalogue,
    EventUrl,
    EventUrlsOfBots,
    NewSecret,
    NewWebhook,
    Resume,
    RotateSecret,
    Webhook,
    WebhookCreated,
    WebhookPatch,
    WebhookTestSent,
)

router = Router(prefix="/api/v1/webhooks", tags=["webhooks"])
View = Annotated[Ctx, Depends(permit("webhooks.view"))]
Edit = Annotated[Ctx, Depends(permit("webhooks.edit"))]
Asked = Annotated[PageQuery, Depends(page_query(*queries.SORTS, default="name"))]
Pages = Annotated[PageQuery, Depends(page_query())]
PROBLEMS = (401, 403, 404)
FARES = ("failing_since", "last_success_at", "last_error", "waiting")


@router.get("", responses=answers(Page[Webhook], problems=(401, 403)))
async def list_webhooks(ctx: View, asked: Asked) -> Response:
    return reply(await service.listed(ctx, asked))


@router.post("", status_code=201, responses=answers(WebhookCreated, 201, problems=(401, 403)))
async def create_webhook(ctx: Edit, body: NewWebhook) -> Response:
    return reply(await service.create(ctx, body), 201)


@router.get("/events", responses=answers(Catalogue, problems=(401, 403)))
async def list_webhook_events(ctx: View) -> Response:
    return reply(service.catalogue(ctx.actor.language))


@router.get("/event-urls", responses=answers(EventUrlsOfBots, problems=(401, 403)))
async def list_event_urls_of_bots(ctx: View) -> Response:
    """The bots, what signs the events sent to addresses of their scenarios, how many there are."""
    return reply(await event_urls.of_bots(ctx))


@router.get("/event-urls/{bot_id}", responses=answers(Page[EventUrl], problems=PROBLEMS))
async def list_event_urls(ctx: View, bot_id: Id, asked: Pages) -> Response:
    return reply(await event_urls.of_bot(ctx, bot_id, asked))


@router.get("/{webhook_id}", responses=answers(Webhook, problems=PROBLEMS))
async def get_webhook(ctx: View, webhook_id: Id) -> Response:
    webhook = await service.get(ctx, webhook_id)
    return reply(webhook, headers=etag(_settable(webhook)))


@router.patch("/{webhook_id}", responses=answers(Webhook, problems=(*PROBLEMS, 412)))
async def change_webhook(
    ctx: Edit, request: Request, webhook_id: Id, body: WebhookPatch
) -> Response:
    before = await service.get(ctx, webhook_id, action="webhooks.edit")
    matching(request, _settable(before))
    webhook = await service.change(ctx, webhook_id, body)
    return reply(webhook, headers=etag(_settable(webhook)))


@router.delete(
    "/{webhook_id}", status_code=204, responses=answers(None, 204, problems=(*PROBLEMS, 412))
)
async def delete_webhook(ctx: Edit, request: Request, webhook_id: Id) -> Response:
    before = await service.get(ctx, webhook_id, action="webhooks.edit")
    matching(request, _settable(before))
    await service.remove(ctx, webhook_id)
    return empty()


def _settable(webhook: Webhook) -> list[Any]:
    """What makes another version of it: not how its calls fare."""
    return [getattr(webhook, name) for name in Webhook.__struct_fields__ if name not in FARES]


@router.post(
    "/{webhook_id}/test",
    status_code=202,
    responses=answers(WebhookTestSent, 202, problems=PROBLEMS),
)
async def test_webhook(ctx: Edit, webhook_id: Id) -> Response:
    return reply(await service.send_test(ctx, webhook_id), 202)


@router.post("/{webhook_id}/pause", responses=answers(Webhook, problems=PROBLEMS))
async def pause_webhook(ctx: Edit, webhook_id: Id) -> Response:
    return reply(await service.pause(ctx, webhook_id))


@router.post("/{webhook_id}/resume", responses=answers(Webhook, problems=PROBLEMS))
async def resume_webhook(ctx: Edit, webhook_id: Id, body: Resume | None = None) -> Response:
    asked = body or Resume()
    return reply(await service.resume(ctx, webhook_id, asked.since, asked.until))


@router.post("/{webhook_id}/rotate-secret", responses=answers(NewSecret, problems=PROBLEMS))
async def rotate_webhook_secret(
    ctx: Edit, webhook_id: Id, body: RotateSecret | None = None
) -> Response:
    overlap_h = (body or RotateSecret()).overlap_h
    return reply(await service.rotate_secret(ctx, webhook_id, overlap_h=overlap_h))


@router.post("/event-urls/{bot_id}/rotate-secret", responses=answers(NewSecret, problems=PROBLEMS))
async def rotate_event_secret(ctx: Edit, bot_id: Id, body: RotateSecret | None = None) -> Response:
    """A new secret, or the first, for what a bot's scenarios send to `event_webhook_url`."""
    overlap_h = (body or RotateSecret()).overlap_h
    return reply(await addresses.rotate_secret(ctx, bot_id, overlap_h=overlap_h))
