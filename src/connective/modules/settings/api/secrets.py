"""The secrets vault: names come out, values only go in."""

from typing import Annotated

from fastapi import Depends
from starlette.responses import Response

from connective.kit.context import Ctx
from connective.kit.http import Router, answers, empty, page_query, permit, reply
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


@router.put(
    "/{name}",
    responses=answers(SecretOut, problems=(401, 403)) | answers(SecretOut, 201),
)
async def put_secret(
    name: SecretName, body: SecretIn, ctx: Annotated[Ctx, Depends(permit("secrets.edit"))]
) -> Response:
    """Store or replace a secret."""
    stored, is_new = await vault.put(ctx, name, body.value)
    return reply(stored, 201 if is_new else 200)


@router.delete("/{name}", status_code=204, responses=answers(status=204, problems=(401, 403, 404)))
async def delete_secret(
    name: SecretName, ctx: Annotated[Ctx, Depends(permit("secrets.delete"))]
) -> Response:
    """Delete a secret."""
    await vault.remove(ctx, name)
    return empty()
