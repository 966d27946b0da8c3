"""`/api/v1/integrations/logs`: what other systems asked of us, and scenarios of them."""

from typing import Annotated

from fastapi import Depends, Query
from pydantic import AwareDatetime
from starlette.responses import Response

from connective.kit.context import Ctx
from connective.kit.http import Router, answers, page_query, permit, reply
from connective.kit.http.params import Id, Number
from connective.kit.paging import Page, PageQuery
from connective.modules.integrations.request_log import service
from connective.modules.integrations.request_log.queries import Asked
from connective.modules.integrations.request_log.schemas import (
    Direction,
    LoggedRequest,
    LoggedRequestDetail,
    Source,
    StatusClass,
)

router = Router(prefix="/api/v1/integrations/logs", tags=["request log"])
View = Annotated[Ctx, Depends(permit("request_log.view"))]
Pages = Annotated[PageQuery, Depends(page_query())]


async def asked_for(
    direction: Annotated[Direction | None, Query()] = None,
    source: Annotated[Source | None, Query()] = None,
    status: Annotated[StatusClass | None, Query()] = None,
    bot_id: Number = None,
    key_id: Number = None,
    run_id: Number = None,
    # no database text holds a NUL
    path: Annotated[str | None, Query(max_length=200, pattern=r"^[^\x00]*$")] = None,
    since: Annotated[AwareDatetime | None, Query(alias="from")] = None,
    until: Annotated[AwareDatetime | None, Query(alias="to")] = None,
) -> Asked:
    return Asked(direction, source, status, bot_id, key_id, run_id, path, since, until)


@router.get("", responses=answers(Page[LoggedRequest], problems=(401, 403)))
async def list_requests(
    ctx: View, pages: Pages, asked: Annotated[Asked, Depends(asked_for)]
) -> Response:
    return reply(await service.listed(ctx, pages, asked))


@router.get("/{entry_id}", responses=answers(LoggedRequestDetail, problems=(401, 403, 404)))
async def get_request(ctx: View, entry_id: Id) -> Response:
    return reply(await service.get(ctx, entry_id))
