"""`/api/v1/integrations/zoho`: settings, the grant, a check, and the notes that wait."""

from typing import Annotated

from fastapi import Depends, Query, Request
from starlette.responses import RedirectResponse, Response

from connective.kit.context import Ctx
from connective.kit.http import (
    Router,
    answers,
    empty,
    etag,
    matching,
    page_query,
    permit,
    reply,
)
from connective.kit.http.known_query import ANY_QUERY
from connective.kit.http.params import Id
from connective.kit.http.recorder import Recorded
from connective.kit.paging import Page, PageQuery
from connective.modules.zoho import checking, returning, service
from connective.modules.zoho.schemas import Status, Zoho, ZohoChecked, ZohoIn, ZohoNote

ROOT = "/api/v1/integrations/zoho"
router = Router(prefix=ROOT, tags=["integrations"])
View = Annotated[Ctx, Depends(permit("zoho.view"))]
Edit = Annotated[Ctx, Depends(permit("zoho.edit"))]
Asked = Annotated[PageQuery, Depends(page_query())]
PROBLEMS = (401, 403)
# codes and states stand in the addresses of the grant
RECORDED = {f"{ROOT}/oauth/": Recorded(when="never")}


@router.get("", responses=answers(Zoho, problems=PROBLEMS))
async def get_zoho(ctx: View) -> Response:
    found = await service.get(ctx)
    return reply(found, headers=etag({"version": found.version}))


@router.put("", responses=answers(Zoho, problems=(*PROBLEMS, 412)))
async def put_zoho(ctx: Edit, request: Request, body: ZohoIn) -> Response:
    before = await service.get(ctx, action="zoho.edit")
    matching(request, {"version": before.version})
    after = await service.put(ctx, body)
    return reply(after, headers=etag({"version": after.version}))


@router.get(
    "/oauth/start",
    status_code=302,
    response_class=RedirectResponse,
    responses=answers(None, 302, problems=(401, 403, 409)),
)
async def start_zoho_grant(ctx: Edit) -> Response:
    """To the page of Zoho where a person grants access."""
    return RedirectResponse(await service.consent(ctx), 302)


@router.get(
    "/oauth/callback",
    status_code=303,
    response_class=RedirectResponse,
    responses=answers(None, 303, problems=(401, 403)),
    openapi_extra=ANY_QUERY,
)
async def take_zoho_grant(
    ctx: Edit,
    code: Annotated[str | None, Query(max_length=500)] = None,
    state: Annotated[str | None, Query(max_length=500)] = None,
    error: Annotated[str | None, Query(max_length=200)] = None,
) -> Response:
    """Where Zoho sends the person back; on to the page of the connection."""
    page = await returning.page(ctx, code=code, state=state, error=error)
    return RedirectResponse(page, 303)


@router.delete("/oauth", status_code=204, responses=answers(None, 204, problems=(401, 403, 409)))
async def forget_zoho_grant(ctx: Edit) -> Response:
    await service.disconnect(ctx)
    return empty()


@router.post("/check", responses=answers(ZohoChecked, problems=PROBLEMS))
async def check_zoho(ctx: Edit) -> Response:
    return reply(await checking.check(ctx))


@router.get("/notes", responses=answers(Page[ZohoNote], problems=PROBLEMS))
async def list_zoho_notes(ctx: View, asked: Asked, status: Status | None = None) -> Response:
    """Notes about closed chats, the newest first."""
    return reply(await service.listed(ctx, asked, status=status))


@router.post(
    "/notes/{note_id}/retry",
    status_code=202,
    responses=answers(ZohoNote, 202, problems=(401, 403, 404, 409)),
)
async def retry_zoho_note(ctx: Edit, note_id: Id) -> Response:
    return reply(await service.retry(ctx, note_id), 202)
