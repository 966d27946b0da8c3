"""The state of the system: checks, failed jobs, mails."""

import logging
from typing import Annotated, Literal

from fastapi import Depends, Query
from starlette.responses import Response

from connective.kit.context import Ctx
from connective.kit.http import Router, answers, empty, page_query, permit, reply
from connective.kit.http.params import Id
from connective.kit.paging import Page, PageQuery
from connective.modules.settings.schemas import JobOut, LogOut, MailOut, StatusOut
from connective.modules.settings.service import diagnostics, status

router = Router(prefix="/system", tags=["system"])
Viewer = Annotated[Ctx, Depends(permit("status.view"))]
Helper = Annotated[Ctx, Depends(permit("status.diagnostics"))]
Paged = Annotated[PageQuery, Depends(page_query())]


@router.get("/status", responses=answers(StatusOut, problems=(401, 403)))
async def get_status(ctx: Viewer) -> Response:
    """How everything that the instance stands on does."""
    return reply(await status.status(ctx))


@router.get("/log", responses=answers(LogOut, problems=(401, 403)))
async def read_log(
    ctx: Helper,
    level: Literal["info", "warning", "error"] = "info",
    limit: Annotated[int, Query(ge=1, le=500)] = 200,
) -> Response:
    """The last lines of this process's log, the newest first."""
    lines = diagnostics.log_lines(level=logging.getLevelNamesMapping()[level.upper()], limit=limit)
    return reply(LogOut(lines))


@router.get("/diagnostics", responses=answers(bytes, problems=(401, 403), media="application/zip"))
async def download_diagnostics(ctx: Helper) -> Response:
    """Versions, settings without secrets, checks, queues and log, for someone who helps."""
    disposition = f'attachment; filename="{diagnostics.file_name()}"'
    return Response(
        await diagnostics.archive(ctx),
        media_type="application/zip",
        headers={"Content-Disposition": disposition, "Cache-Control": "no-store"},
    )


@router.get("/jobs", responses=answers(Page[JobOut], problems=(401, 403)))
async def list_failed_jobs(page: Paged, ctx: Viewer) -> Response:
    """Background jobs that failed for good, the newest first."""
    return reply(await status.failed_jobs(ctx, page))


@router.post(
    "/jobs/{job_id}/retry",
    status_code=204,
    responses=answers(status=204, problems=(401, 403, 404)),
)
async def retry_job(job_id: Id, ctx: Annotated[Ctx, Depends(permit("status.retry"))]) -> Response:
    """Run a failed job again."""
    await status.retry_job(ctx, job_id)
    return empty()


@router.get("/mails", responses=answers(Page[MailOut], problems=(401, 403)))
async def list_mails(page: Paged, ctx: Viewer) -> Response:
    """Mails, the newest first; those that are `kept` found no mail server."""
    return reply(await status.mails(ctx, page))
