"""System Status: the checks in words, failed jobs, mails that were kept."""

from typing import Any

from connective import __version__
from connective.kit import clock, errors, health, i18n, measures, release
from connective.kit.context import Ctx
from connective.kit.health import Checked
from connective.kit.http.reply import moment
from connective.kit.paging import Page, PageQuery, page
from connective.kit.processes import beat
from connective.kit.queue import rows
from connective.modules.settings import queries
from connective.modules.settings.schemas import CheckOut, JobOut, MailOut, StatusOut
from connective.modules.settings.service.identity import identity

NEWEST = 2**62
COMMON = ("timed_out", "failed_to_run")


async def status(ctx: Ctx) -> StatusOut:
    """All checks side by side, each cut off after three seconds."""
    own = await identity(ctx)
    found = await health.run_all()
    began = beat.started_at()
    return StatusOut(
        state=health.worst(found),
        version=__version__,
        commit=release.built_from(),
        started_at=moment(began),
        uptime_s=int((clock.now() - began).total_seconds()),
        instance=own,
        checks=[told(ctx.actor.language, checked) for checked in found],
    )


def told(language: str, checked: Checked) -> CheckOut:
    """A check with its sentences."""
    finding = checked.finding
    group = "checks" if finding.code in COMMON else f"checks.{checked.name}"
    return CheckOut(
        name=checked.name,
        label=i18n.text(language, f"checks.{checked.name}.label"),
        state=finding.state,
        detail=i18n.text(
            language, f"{group}.{finding.code}", **measures.told(language, finding.facts)
        ),
        facts=finding.facts,
        todo=_todo(language, checked),
        ms=checked.ms,
        since=moment(checked.since),
    )


def _todo(language: str, checked: Checked) -> str | None:
    """What to do about it, where something is wrong."""
    if checked.finding.state not in ("warn", "error"):
        return None
    return i18n.text(language, f"checks.{checked.name}.todo")


async def failed_jobs(ctx: Ctx, asked: PageQuery) -> Page[JobOut]:
    after = asked.after(int)
    found = await rows.failed(ctx.db, before=after[0] if after else NEWEST, limit=asked.limit + 1)
    shown = [
        JobOut(job.id, job.name, job.ids, job.attempts, moment(job.failed_at), job.error)
        for job in found
    ]
    return page(shown, asked.limit, "id")


async def retry_job(ctx: Ctx, job_id: int) -> None:
    """Put a failed job into the queue again."""
    if not await rows.retry(ctx.db, job_id):
        raise errors.NotFound("not_found")
    ctx.audit("job.retried", "job", job_id)


async def mails(ctx: Ctx, asked: PageQuery) -> Page[MailOut]:
    found = await queries.list_mails(ctx.db, asked)
    return page([_mail(row) for row in found], asked.limit, "id")


def _mail(row: Any) -> MailOut:
    return MailOut(
        row.id,
        row.to,
        row.subject,
        row.text,
        row.state,
        row.error,
        moment(row.created_at),
        moment(row.sent_at),
    )
