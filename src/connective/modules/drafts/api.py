"""`/api/v1/me/drafts`: what I have begun to write; `/requests/{id}/drafts/{kind}`: one of it."""

from typing import Annotated

from fastapi import Depends
from starlette.responses import Response

from connective.kit.context import Ctx
from connective.kit.http import Router, answers, page_query, permit, reply
from connective.kit.http.params import Id
from connective.kit.paging import Page, PageQuery
from connective.kit.realtime import EventId
from connective.modules.drafts import service
from connective.modules.drafts.schemas import Kind, OwnDraft, OwnDraftIn

router = Router(prefix="/api/v1", tags=["drafts"])
Own = Annotated[Ctx, Depends(permit("drafts.own"))]
AskedPage = Annotated[PageQuery, Depends(page_query())]


@router.get("/me/drafts", responses=answers(Page[OwnDraft], problems=(401, 403)))
async def list_own_drafts(seen: EventId, ctx: Own, asked_page: AskedPage) -> Response:
    """What I have begun to write, on whichever device, in requests that I see."""
    return reply(await service.own(ctx, asked_page), headers=seen)


@router.put(
    "/requests/{request_id}/drafts/{kind}", responses=answers(OwnDraft, problems=(401, 403, 404))
)
async def put_draft(ctx: Own, request_id: Id, kind: Kind, body: OwnDraftIn) -> Response:
    """What I have begun to write to the client (`reply`) or to colleagues (`note`).

    The answer is the draft that stands: a later one of another device stays.
    """
    return reply(await service.write(ctx, request_id, kind, body))
