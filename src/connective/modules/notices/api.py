"""`/api/v1/me/notices`: what I was told."""

from typing import Annotated

from fastapi import Depends
from starlette.responses import Response

from connective.kit.context import Ctx
from connective.kit.http import Router, answers, empty, page_query, permit, reply
from connective.kit.paging import PageQuery
from connective.kit.realtime import EventId
from connective.modules.notices import service
from connective.modules.notices.schemas import Notices, NoticesReadUpTo

router = Router(prefix="/api/v1", tags=["notices"])
Mine = Annotated[Ctx, Depends(permit("notices.view"))]
Asked = Annotated[PageQuery, Depends(page_query())]


@router.get("/me/notices", responses=answers(Notices, problems=(401, 403)))
async def list_own_notices(seen: EventId, ctx: Mine, asked: Asked) -> Response:
    """What I was told, the newest first."""
    return reply(await service.own(ctx, asked), headers=seen)


@router.put("/me/notices/read", status_code=204, responses=answers(None, 204, problems=(401, 403)))
async def read_own_notices(ctx: Mine, body: NoticesReadUpTo) -> Response:
    """I have read everything up to this notice."""
    await service.read(ctx, body.up_to)
    return empty()
