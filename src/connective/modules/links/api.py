"""`/api/v1/links`, and the public page of a link."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, Query, Request
from fastapi import Path as InPath
from starlette.responses import Response

from connective.kit import i18n
from connective.kit.context import Ctx
from connective.kit.http import (
    Router,
    answers,
    empty,
    etag,
    matching,
    page_query,
    permit,
    public,
    rate,
    reply,
)
from connective.kit.http.address import client_address, counted
from connective.kit.http.params import Number
from connective.kit.paging import Page, PageQuery
from connective.modules.links import landing, queries, service
from connective.modules.links.schemas import (
    Link,
    LinkChannel,
    LinkDays,
    LinkPatch,
    LinkPreview,
    LinkPreviewIn,
    NewLink,
)

router = Router(tags=["links"])
View = Annotated[Ctx, Depends(permit("links.view"))]
Edit = Annotated[Ctx, Depends(permit("links.edit"))]
# Of a link: what its users do to it, and the time.
COUNTED = ("starts", "clicks", "last_start_at", "expired")
Asked = Annotated[PageQuery, Depends(page_query(*queries.SORTS, default="-created_at"))]
Code = Annotated[str, InPath(pattern=r"^[A-Za-z0-9]{8}$")]
Search = Annotated[str | None, Query(max_length=100)]
Channel = Annotated[str | None, Query(max_length=64)]
SEEN = (401, 403, 404)
# What one address may open in a minute.
OPEN_RATE = 120
limiter = rate.Limiter()
SCRIPT = (Path(__file__).parent / "subscribe.js").read_bytes()


@router.get("/api/v1/links", responses=answers(Page[Link], problems=(401, 403)))
async def list_links(
    ctx: View,
    asked: Asked,
    bot_id: Number = None,
    channel: Channel = None,
    node_id: Number = None,
    q: Search = None,
) -> Response:
    found = await service.listed(
        ctx, asked, bot_id=bot_id, channel=channel, node_id=node_id, search=q
    )
    return reply(found)


@router.post("/api/v1/links", status_code=201, responses=answers(Link, 201, problems=SEEN))
async def create_link(ctx: Edit, body: NewLink) -> Response:
    return reply(await service.create(ctx, body), 201)


@router.post("/api/v1/links/preview", responses=answers(LinkPreview, problems=SEEN))
async def preview_link(ctx: View, body: LinkPreviewIn) -> Response:
    """The address that carries a value without a Link; nothing is kept."""
    return reply(await service.preview(ctx, body))


@router.get("/api/v1/links/channels", responses=answers(list[LinkChannel], problems=SEEN))
async def list_link_channels(
    ctx: View, bot_id: Annotated[int, Query(ge=1, le=2**63 - 1)]
) -> Response:
    """The connected channels of a bot that links can be made for."""
    return reply(await service.offers(ctx, bot_id))


@router.get("/api/v1/links/{code}", responses=answers(Link, problems=SEEN))
async def get_link(ctx: View, code: Code) -> Response:
    link = await service.get(ctx, code)
    return reply(link, headers=etag(_settable(link)))


@router.get("/api/v1/links/{code}/days", responses=answers(LinkDays, problems=(*SEEN, 422)))
async def list_link_days(
    ctx: View,
    code: Code,
    since: Annotated[date | None, Query(alias="from")] = None,
    to: date | None = None,
) -> Response:
    """Clicks and starts of each day, at most 366; the last thirty where nothing is asked for."""
    return reply(LinkDays(await service.days(ctx, code, since=since, until=to)))


@router.patch("/api/v1/links/{code}", responses=answers(Link, problems=(*SEEN, 409, 412)))
async def change_link(ctx: Edit, request: Request, code: Code, body: LinkPatch) -> Response:
    matching(request, _settable(await service.get(ctx, code, action="links.edit")))
    link = await service.change(ctx, code, body)
    return reply(link, headers=etag(_settable(link)))


@router.delete(
    "/api/v1/links/{code}", status_code=204, responses=answers(None, 204, problems=(*SEEN, 412))
)
async def delete_link(ctx: Edit, request: Request, code: Code) -> Response:
    matching(request, _settable(await service.get(ctx, code, action="links.edit")))
    await service.remove(ctx, code)
    return empty()


@router.get(
    "/api/v1/links/{code}/qr.svg",
    response_class=Response,
    responses=answers(str, problems=SEEN, media="image/svg+xml"),
)
async def link_qr(ctx: View, code: Code) -> Response:
    """The drawn code of the link's page."""
    return Response(await service.qr(ctx, code), media_type="image/svg+xml")


def _settable(link: Link) -> list[Any]:
    """What makes another version of it: not that somebody used it."""
    return [getattr(link, name) for name in Link.__struct_fields__ if name not in COUNTED]


async def open_link(
    ctx: Annotated[Ctx, Depends(public())], request: Request, code: str
) -> Response:
    """The page of a link: leads on to the messenger, and nowhere else."""
    rate.take(limiter, counted(client_address(request)), OPEN_RATE)
    query = request.query_params
    language = i18n.choose(query.get("lang") or request.headers.get("accept-language"))
    found = await service.visit(
        ctx, code, query=request.url.query, asked=query, address=client_address(request)
    )
    return landing.answer(found, language, agent=request.headers.get("user-agent", ""))


async def subscribe_script() -> Response:
    """The script of the subscribe button, for pages of other sites."""
    return Response(
        SCRIPT,
        media_type="text/javascript",
        headers={
            "Cache-Control": "public, max-age=3600",
            "Cross-Origin-Resource-Policy": "cross-origin",
        },
    )


router.add_api_route(
    "/subscribe.js",
    subscribe_script,
    methods=["GET"],
    response_class=Response,
    responses=answers(str, media="text/javascript"),
)
_page: dict[int | str, dict[str, Any]] = {
    302: {"description": "On to the messenger"},
    404: {"description": "There is no such link, or it has expired"},
}
router.add_api_route(
    "/l/{code}",
    open_link,
    methods=["GET"],
    response_class=Response,
    responses=answers(str, media="text/html", problems=(429, 503)) | _page,
)
