"""`/api/v1/clients`, `/api/v1/subscriptions`, and the page where a client unsubscribes."""

from typing import Annotated, Any

from fastapi import Depends, Path, Query, Request
from starlette.responses import Response

from connective.kit import i18n
from connective.kit.context import Ctx
from connective.kit.http import (
    Router,
    answers,
    etag,
    matching,
    page_query,
    permit,
    public,
    rate,
    reply,
)
from connective.kit.http.address import client_address, counted
from connective.kit.http.params import Id, Number
from connective.kit.paging import Page, PageQuery
from connective.modules.clients import farewell, service
from connective.modules.clients.schemas import (
    Client,
    ClientChannel,
    Status,
    Subscription,
    SubscriptionPatch,
)

router = Router(tags=["clients"])
View = Annotated[Ctx, Depends(permit("clients.view"))]
EditSubscriptions = Annotated[Ctx, Depends(permit("subscriptions.edit"))]
Open = Annotated[Ctx, Depends(public())]
Asked = Annotated[PageQuery, Depends(page_query())]
Name = Annotated[str | None, Query(max_length=128)]
Tag = Annotated[str | None, Query(max_length=256)]
Token = Annotated[str, Path(max_length=64)]
OPEN_RATE = 60
limiter = rate.Limiter()


@router.get("/api/v1/clients", responses=answers(Page[Client], problems=(401, 403)))
async def list_clients(
    ctx: View,
    asked: Asked,
    q: Name = None,
    phone: Name = None,
    external_id: Name = None,
    utm_source: Tag = None,
    utm_campaign: Tag = None,
) -> Response:
    """Clients, the newest first; the tags are those of the last source."""
    tags = {"utm_source": utm_source, "utm_campaign": utm_campaign}
    found = await service.listed(ctx, asked, phone=phone, search=q, external_id=external_id, **tags)
    return reply(found)


@router.get("/api/v1/clients/{client_id}", responses=answers(Client, problems=(401, 403, 404)))
async def get_client(ctx: View, client_id: Id) -> Response:
    return reply(await service.one(ctx, client_id))


@router.get(
    "/api/v1/clients/{client_id}/channels",
    responses=answers(list[ClientChannel], problems=(401, 403, 404)),
)
async def list_client_channels(ctx: View, client_id: Id) -> Response:
    return reply(await service.channels(ctx, client_id))


@router.get("/api/v1/subscriptions", responses=answers(Page[Subscription], problems=(401, 403)))
async def list_subscriptions(
    ctx: View,
    asked: Asked,
    external_id: Name = None,
    phone: Name = None,
    channel: Name = None,
    status: Status | None = None,
    bot_id: Number = None,
    client_id: Number = None,
) -> Response:
    """Chats and whether they may be written to first, the newest first."""
    found = await service.subscriptions(
        ctx,
        asked,
        external_id=external_id,
        phone=phone,
        channel=channel,
        status=status,
        bot_id=bot_id,
        client_id=client_id,
    )
    return reply(found)


@router.get(
    "/api/v1/subscriptions/{contact_id}",
    responses=answers(Subscription, problems=(401, 403, 404)),
)
async def get_subscription(ctx: View, contact_id: Id) -> Response:
    found = await service.get_subscription(ctx, contact_id)
    return reply(found, headers=etag(found))


@router.patch(
    "/api/v1/subscriptions/{contact_id}",
    responses=answers(Subscription, problems=(401, 403, 404, 412)),
)
async def change_subscription(
    ctx: EditSubscriptions, request: Request, contact_id: Id, body: SubscriptionPatch
) -> Response:
    matching(request, await service.get_subscription(ctx, contact_id, action="subscriptions.edit"))
    changed = await service.change_subscription(ctx, contact_id, body)
    return reply(changed, headers=etag(changed))


async def ask(ctx: Open, request: Request, token: Token) -> Response:
    """Asks whether the client means it: a look at the address changes nothing."""
    rate.take(limiter, counted(client_address(request)), OPEN_RATE)
    known = service.contact_of(token) is not None
    return farewell.page(_language(request), "ask" if known else "unknown")


async def agree(ctx: Open, request: Request, token: Token) -> Response:
    """The client says no."""
    rate.take(limiter, counted(client_address(request)), OPEN_RATE)
    known = await service.by_page(ctx, token, address=client_address(request))
    return farewell.page(_language(request), "done" if known else "unknown")


def _language(request: Request) -> str:
    asked = request.query_params.get("lang")
    return i18n.choose(asked or request.headers.get("accept-language"))


_page: dict[int | str, dict[str, Any]] = {404: {"description": "The address is not ours"}}
for _method, _endpoint in (("GET", ask), ("POST", agree)):
    router.add_api_route(
        "/u/{token}",
        _endpoint,
        methods=[_method],
        name=f"unsubscribe_{_method.lower()}",
        response_class=Response,
        responses=answers(str, media="text/html", problems=(429, 503)) | _page,
    )
