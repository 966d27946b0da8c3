"""The state of the system: checks, failed jobs, mails."""

from typing import Annotated

from fastapi import Depends
from starlette.responses import Response

from connective.kit.context import Ctx
from connective.kit.http import Router, answers, empty, page_query, permit, reply
from connective.kit.paging import Page, PageQuery
from connective.modules.settings.schemas import JobOut, MailOut, StatusOut
from connective.modules.settings.service import status

router = Router(prefix="/system", tags=["system"])
Viewer = Annotated[Ctx, Depends(permit("status.view"))]
Paged = Annotated[PageQuery, Depends(page_query())]


@router.get("/status", responses=answers(StatusOut, problems=(401, 403)))
async def get_status(ctx: Viewer) -> Response:
    """How everything that the instance stands on does."""
    return reply(await status.status(ctx))


@router.get("/jobs", responses=answers(Page[JobOut], problems=(401, 403)))
async def list_failed_jobs(page: Paged, ctx: Viewer) -> Response:
    """Background jobs that failed for good, the newest first."""
    return reply(await status.failed_jobs(ctx, page))


@router.post(
    "/jobs/{job_id}/retry",
    status_code=204,
    responses=answers(status=204, problems=(401, 403, 404)),
)
async def retry_job(job_id: int, ctx: Annotated[Ctx, Depends(permit("status.retry"))]) -> Response:
    """Run a failed job again."""
    await status.retry_job(ctx, job_id)
    return empty()


@router.get("/mails", responses=answers(Page[MailOut], problems=(401, 403)))
async def list_mails(page: Paged, ctx: Viewer) -> Response:
    """Mails, the newest first; those that are `kept` found no mail server."""
    return reply(await status.mails(ctx, page))
