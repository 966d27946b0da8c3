"""The audit trail."""

from datetime import datetime
from typing import Annotated

from fastapi import Depends, Query
from starlette.responses import Response

from connective.kit.context import Ctx
from connective.kit.http import Router, answers, page_query, permit, reply
from connective.kit.http.params import Number
from connective.kit.paging import Page, PageQuery
from connective.modules.accounts.schemas.people import AuditOut
from connective.modules.accounts.service import trail

router = Router(prefix="/audit", tags=["audit"])


@router.get("", responses=answers(Page[AuditOut], problems=(401, 403)))
async def list_audit(
    page: Annotated[PageQuery, Depends(page_query())],
    ctx: Annotated[Ctx, Depends(permit("audit.view"))],
    object_type: Annotated[str | None, Query(alias="object", max_length=60)] = None,
    object_id: Annotated[str | None, Query(max_length=100)] = None,
    user: Number = None,
    since: Annotated[datetime | None, Query(alias="from")] = None,
    until: Annotated[datetime | None, Query(alias="to")] = None,
) -> Response:
    """Who changed what, the newest first."""
    filters = {"object_type": object_type, "object_id": object_id, "user_id": user}
    return reply(await trail.listed(ctx, page, since=since, until=until, **filters))
