"""The secrets vault: names come out, values only go in."""

from typing import Annotated

from fastapi import Depends, Request
from starlette.responses import Response

from connective.kit.context import Ctx
from connective.kit.http import Router, answers, empty, etag, matching, page_query, permit, reply
from connective.kit.paging import Page, PageQuery
from connective.modules.settings.schemas import SecretIn, SecretName, SecretOut
from connective.modules.settings.service import vault

router = Router(prefix="/secrets", tags=["secrets"])


@router.get("", responses=answers(Page[SecretOut], problems=(401, 403)))
async def list_secrets(
    page: Annotated[PageQuery, Depends(page_query())],
    ctx: Annotated[Ctx, Depends(permit("secrets.view"))],
) -> Response:
    """The names of the secrets, for use as `{{secret.NAME}}`."""
    return reply(await vault.listed(ctx, page))


@router.get("/{name}", responses=answers(SecretOut, problems=(401, 403, 404)))
async def get_secret(
    name: SecretName, ctx: Annotated[Ctx, Depends(permit("secrets.view"))]
) -> Response:
    """Since when there is a secret of this name; nothing tells its value."""
    found = await vault.known(ctx, name)
    return reply(found, headers=etag(found))


@router.put(
    "/{name}",
    responses=answers(SecretOut, problems=(401, 403, 404, 412)) | answers(SecretOut, 201),
)
async def put_secret(
    name: SecretName,
    body: SecretIn,
    request: Request,
    ctx: Annotated[Ctx, Depends(permit("secrets.edit"))],
) -> Response:
    """Store or replace a secret; with `If-Match` only replace it."""
    if "if-match" in request.headers:
        matching(request, await vault.known(ctx, name))
    stored, is_new = await vault.put(ctx, name, body.value)
    return reply(stored, 201 if is_new else 200, headers=etag(stored))


@router.delete(
    "/{name}", status_code=204, responses=answers(status=204, problems=(401, 403, 404, 412))
)
async def delete_secret(
    name: SecretName, request: Request, ctx: Annotated[Ctx, Depends(permit("secrets.delete"))]
) -> Response:
    """Delete a secret."""
    matching(request, await vault.known(ctx, name))
    await vault.remove(ctx, name)
    return empty()
