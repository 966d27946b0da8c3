"""`/api/v1/instance`: what this instance is called."""

from typing import Annotated

from fastapi import Depends, Request
from starlette.responses import Response

from connective.kit.context import Ctx
from connective.kit.http import Router, answers, etag, matching, permit, reply
from connective.modules.settings.schemas import InstanceIn, InstanceSettings
from connective.modules.settings.service import naming

router = Router(prefix="/instance", tags=["settings"])
Root = Annotated[Ctx, Depends(permit("instance.edit"))]


@router.get("", responses=answers(InstanceSettings, problems=(401, 403)))
async def get_instance(ctx: Root) -> Response:
    found = await naming.current(ctx)
    return reply(found, headers=etag(found))


@router.put("", responses=answers(InstanceSettings, problems=(401, 403, 412)))
async def change_instance(request: Request, body: InstanceIn, ctx: Root) -> Response:
    """Call the instance otherwise; for root administrators."""
    matching(request, await naming.current(ctx))
    changed = await naming.change(ctx, body.project_name)
    return reply(changed, headers=etag(changed))
