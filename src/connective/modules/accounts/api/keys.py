"""API keys."""

from typing import Annotated

from fastapi import Depends, Request
from starlette.responses import Response

from connective.kit.context import Ctx
from connective.kit.http import Router, answers, empty, etag, matching, page_query, permit, reply
from connective.kit.http.params import Id, Number
from connective.kit.paging import Page, PageQuery
from connective.modules.accounts.schemas.keys import KeyIn, KeyOut, KeyPatch, KeyRotation, NewKeyOut
from connective.modules.accounts.service import keys as api_keys

router = Router(prefix="/keys", tags=["keys"])
Viewer = Annotated[Ctx, Depends(permit("keys.view"))]
Editor = Annotated[Ctx, Depends(permit("keys.edit"))]
_REFUSALS = (401, 403, 404)


@router.get("", responses=answers(Page[KeyOut], problems=(401, 403)))
async def list_keys(
    page: Annotated[PageQuery, Depends(page_query())],
    ctx: Viewer,
    bot_id: Number = None,
) -> Response:
    """Keys that are not revoked, the newest first."""
    return reply(await api_keys.listed(ctx, page, bot_id=bot_id))


@router.post("", status_code=201, responses=answers(NewKeyOut, 201, problems=(401, 403)))
async def create_key(body: KeyIn, ctx: Editor) -> Response:
    """Make a key; its `secret` is in this answer only."""
    made = await api_keys.create(ctx, body.model_dump())
    return reply(made, 201, {"Location": f"/api/v1/keys/{made.id}"})


@router.get("/{key_id}", responses=answers(KeyOut, problems=_REFUSALS))
async def get_key(key_id: Id, ctx: Viewer) -> Response:
    """One key, without its secret."""
    found = await api_keys.get(ctx, key_id)
    return reply(found, headers=etag(found))


@router.patch("/{key_id}", responses=answers(KeyOut, problems=(*_REFUSALS, 412)))
async def change_key(request: Request, key_id: Id, body: KeyPatch, ctx: Editor) -> Response:
    """Change a key's name, bots, scopes, addresses, rate or end."""
    matching(request, await api_keys.get(ctx, key_id))
    changed = await api_keys.change(ctx, key_id, body.changes())
    return reply(changed, headers=etag(changed))


@router.delete(
    "/{key_id}", status_code=204, responses=answers(status=204, problems=(*_REFUSALS, 412))
)
async def revoke_key(request: Request, key_id: Id, ctx: Editor) -> Response:
    """Revoke a key: it is refused from now on."""
    matching(request, await api_keys.get(ctx, key_id))
    await api_keys.revoke(ctx, key_id)
    return empty()


@router.post("/{key_id}/rotate", responses=answers(NewKeyOut, problems=_REFUSALS))
async def rotate_key(key_id: Id, body: KeyRotation, ctx: Editor) -> Response:
    """A new secret; the old one is taken for `overlap_h` more hours."""
    return reply(await api_keys.rotate(ctx, key_id, overlap_h=body.overlap_h))
