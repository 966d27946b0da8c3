"""`/api/v1/embed`, and the script for pages of other systems."""

from pathlib import Path
from typing import Annotated

from fastapi import Depends, Query, Request
from starlette.responses import Response

from connective.kit import errors
from connective.kit.context import Ctx
from connective.kit.http import Router, answers, etag, matching, permit, reply
from connective.kit.http.recorder import Recorded
from connective.kit.http.reply import moment
from connective.modules.accounts import service as accounts
from connective.modules.embed import service, zoho_widget
from connective.modules.embed.schemas import (
    EmbedOpened,
    EmbedOpenIn,
    EmbedOrigins,
    EmbedOriginsIn,
    EmbedSession,
    EmbedToken,
    EmbedTokenIn,
)
from connective.modules.zoho import service as zoho

ROOT = "/api/v1/embed"
router = Router(tags=["embed"])
View = Annotated[Ctx, Depends(permit("embed.view"))]
Edit = Annotated[Ctx, Depends(permit("embed.edit"))]
Create = Annotated[Ctx, Depends(permit("embed.create"))]
Operator = Annotated[Ctx, Depends(permit("requests.view"))]
SCRIPT = (Path(__file__).parent / "operator-panel.js").read_bytes()
PROBLEMS = (401, 403)
# the answers hold tokens
RECORDED = {f"{ROOT}/tokens": Recorded(when="never")}


@router.post(
    f"{ROOT}/tokens", status_code=201, responses=answers(EmbedToken, 201, problems=PROBLEMS)
)
async def create_embed_token(ctx: Create, body: EmbedTokenIn) -> Response:
    """A token for an operator whose CRM shows the panel; its rights are his own.

    Keys with the scope `embed:create` alone may ask, and the origin has to be an allowed one.
    """
    return reply(await service.create_token(ctx, body), 201, headers={"Cache-Control": "no-store"})


@router.get(f"{ROOT}/origins", responses=answers(EmbedOrigins, problems=PROBLEMS))
async def get_embed_origins(ctx: View) -> Response:
    found = await service.get_origins(ctx)
    return reply(found, headers=etag(found))


@router.put(f"{ROOT}/origins", responses=answers(EmbedOrigins, problems=(*PROBLEMS, 412)))
async def put_embed_origins(ctx: Edit, request: Request, body: EmbedOriginsIn) -> Response:
    """Replace the list. Tokens for an origin that is no longer in it end at once."""
    matching(request, await service.get_origins(ctx))
    stored = await service.put_origins(ctx, body)
    return reply(stored, headers=etag(stored))


@router.get(
    f"{ROOT}/zoho-widget", responses=answers(bytes, problems=PROBLEMS, media="application/zip")
)
async def download_zoho_widget(ctx: View) -> Response:
    """The widget for Zoho CRM, made for this instance: an archive to upload there."""
    archive = zoho_widget.archive(await zoho.product_name(ctx))
    headers = {"Content-Disposition": 'attachment; filename="zoho-widget.zip"'}
    return Response(archive, media_type="application/zip", headers=headers)


@router.get(f"{ROOT}/session", responses=answers(EmbedSession, problems=PROBLEMS))
async def get_embed_session(
    ctx: Operator, request: Request, parent: Annotated[str | None, Query(max_length=300)] = None
) -> Response:
    """What the token was made for. `parent` is the origin that the panel finds itself in."""
    named = accounts.token_of(request)
    if named and named.origin and parent and parent != named.origin:
        raise errors.Forbidden("embed_wrong_parent", parent=parent, origin=named.origin)
    found = EmbedSession(
        user_id=ctx.actor.id or 0,
        title=await zoho.product_name(ctx),
        origin=named.origin if named else None,
        expires_at=moment(named.ends) if named else None,
        context=named.context if named else {},
    )
    return reply(found)


@router.post(f"{ROOT}/open", responses=answers(EmbedOpened, problems=(*PROBLEMS, 404)))
async def open_embedded_client(ctx: Operator, body: EmbedOpenIn) -> Response:
    """Find the client whom a page shows, or create him, and say which chat to open."""
    return reply(await service.open_client(ctx, body))


async def embed_script() -> Response:
    """The script that puts the panel into a page of another site."""
    return Response(
        SCRIPT,
        media_type="text/javascript",
        headers={
            "Cache-Control": "public, max-age=3600",
            "Cross-Origin-Resource-Policy": "cross-origin",
        },
    )


router.add_api_route(
    "/embed/operator-panel.js",
    embed_script,
    methods=["GET"],
    response_class=Response,
    responses=answers(str, media="text/javascript"),
)
