"""`/api/v1/deliveries`: the log of outgoing calls, and sending again."""

from typing import Annotated

from fastapi import Depends, Path, Query
from pydantic import AwareDatetime
from starlette.responses import Response

from connective.kit.context import Ctx
from connective.kit.http import Router, answers, empty, page_query, permit, reply
from connective.kit.http.params import Id, Number
from connective.kit.paging import Page, PageQuery
from connective.modules.integrations.deliveries import held, service
from connective.modules.integrations.deliveries.queries import Asked
from connective.modules.integrations.deliveries.schemas import (
    Delivery,
    DeliveryAccepted,
    DeliveryDetail,
    HeldEndpoints,
    Release,
    Replay,
    Replayed,
    Status,
)

router = Router(prefix="/api/v1/deliveries", tags=["deliveries"])
# no database text holds a NUL
PLAIN = r"^[^\x00]*$"
View = Annotated[Ctx, Depends(permit("deliveries.view"))]
Again = Annotated[Ctx, Depends(permit("deliveries.retry"))]
Pages = Annotated[PageQuery, Depends(page_query())]
Name = Annotated[str, Path(max_length=64, pattern=PLAIN)]
Text = Annotated[str | None, Query(alias="q", min_length=2, max_length=200, pattern=PLAIN)]
Word = Annotated[str | None, Query(max_length=200, pattern=PLAIN)]
PROBLEMS = (401, 403, 404)


async def asked_for(
    endpoint: Number = None,
    status: Annotated[Status | None, Query()] = None,
    event: Word = None,
    kind: Word = None,
    bot_id: Number = None,
    chat_id: Word = None,
    since: Annotated[AwareDatetime | None, Query(alias="from")] = None,
    until: Annotated[AwareDatetime | None, Query(alias="to")] = None,
    text: Text = None,
) -> Asked:
    """`q`: the id of a delivery or an event, or a text in the body, the chat or the error."""
    return Asked(endpoint, status, event, kind, bot_id, chat_id, since, until, text)


@router.get("", responses=answers(Page[Delivery], problems=(401, 403)))
async def list_deliveries(
    ctx: View, pages: Pages, asked: Annotated[Asked, Depends(asked_for)]
) -> Response:
    return reply(await service.listed(ctx, pages, asked))


@router.post("/replay", status_code=202, responses=answers(Replayed, 202, problems=PROBLEMS))
async def replay_deliveries(ctx: Again, body: Replay) -> Response:
    return reply(await service.replay(ctx, body), 202)


@router.get("/held", responses=answers(HeldEndpoints, problems=(401, 403)))
async def list_held_endpoints(ctx: View) -> Response:
    """Endpoints that a restore has paused."""
    return reply(await held.listed(ctx))


@router.post(
    "/held/{endpoint_id}/release",
    status_code=204,
    responses=answers(None, 204, problems=PROBLEMS),
)
async def release_endpoint(ctx: Again, endpoint_id: Id, body: Release) -> Response:
    """Call it again; what waits is sent, or cancelled."""
    await held.release(ctx, endpoint_id, send=body.send)
    return empty()


@router.get("/{delivery_id}", responses=answers(DeliveryDetail, problems=PROBLEMS))
async def get_delivery(ctx: View, delivery_id: Name) -> Response:
    return reply(await service.get(ctx, delivery_id))


@router.post(
    "/{delivery_id}/retry",
    status_code=202,
    responses=answers(DeliveryAccepted, 202, problems=(*PROBLEMS, 409)),
)
async def retry_delivery(ctx: Again, delivery_id: Name) -> Response:
    return reply(await service.retry(ctx, delivery_id), 202)


@router.post(
    "/{delivery_id}/cancel",
    status_code=202,
    responses=answers(DeliveryAccepted, 202, problems=(*PROBLEMS, 409)),
)
async def cancel_delivery(ctx: Again, delivery_id: Name) -> Response:
    return reply(await service.cancel(ctx, delivery_id), 202)
