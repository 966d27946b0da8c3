"""Each try to find an operator, kept with its candidates and the rule that decided."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from msgspec import Struct
from sqlalchemy import delete, insert

from connective.kit.context import Ctx
from connective.kit.http.reply import moment
from connective.kit.paging import Page, PageQuery, page
from connective.modules.requests.distribution import choose, queries
from connective.modules.requests.distribution.choose import Choice
from connective.modules.requests.distribution.schemas import (
    AttemptCandidate,
    DistributionAttempt,
    DistributionRules,
)
from connective.modules.requests.models import distribution_attempts

KEPT = timedelta(days=14)


class Try(Struct, frozen=True):
    """`row` is the request as it was then."""

    row: Any
    choice: Choice
    took_s: float


async def keep(ctx: Ctx, rules: DistributionRules, tries: Sequence[Try]) -> None:
    """Write them; the candidates who could not have it stand together by their reason."""
    if tries:
        rows = [_row(ctx, rules, made) for made in tries]
        await ctx.db.execute(insert(distribution_attempts), rows)


def _row(ctx: Ctx, rules: DistributionRules, made: Try) -> dict[str, Any]:
    choice, request = made.choice, made.row
    return {
        "at": ctx.now,
        "request_id": request.id,
        "bot_id": request.bot_id,
        "subject_id": request.subject_id,
        "group_ids": list(request.group_ids),
        "method": rules.method,
        "candidates": _grouped(choice.reasons),
        "chosen_id": choice.chosen_id,
        "result": "skipped" if choice.chosen_id is None else "distributed",
        "reason": choice.reason,
        "rule": choice.rule,
        "anomaly": choice.reason == choose.NO_SKILL_GROUP,
        "duration_ms": round(made.took_s * 1000),
    }


def _grouped(reasons: dict[int, str | None]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for user_id, reason in reasons.items():
        found.setdefault(reason or "fit", []).append(user_id)
    return found


async def listed(
    ctx: Ctx,
    asked: PageQuery,
    *,
    request_id: int | None = None,
    operator_id: int | None = None,
    result: str | None = None,
) -> Page[DistributionAttempt]:
    """What the actor may know of, the newest first."""
    rows = await queries.list_attempts(
        ctx.db, ctx.actor, asked, request_id=request_id, operator_id=operator_id, result=result
    )
    cut = page(list(rows), asked.limit, "id")
    ids = {i for row in cut.items for group in row.candidates.values() for i in group}
    names = await queries.names(ctx.db, sorted(ids))
    return Page([_out(row, names) for row in cut.items], cut.next_cursor)


def _out(row: Any, names: dict[int, str]) -> DistributionAttempt:
    told = [
        AttemptCandidate(user_id, names.get(user_id, ""), None if reason == "fit" else reason)
        for reason, ids in row.candidates.items()
        for user_id in ids
    ]
    return DistributionAttempt(
        id=row.id,
        at=moment(row.at),
        request_id=row.request_id,
        bot_id=row.bot_id,
        subject_id=row.subject_id,
        method=row.method,
        candidates=sorted(told, key=lambda c: (c.reason is not None, c.operator_id)),
        chosen_id=row.chosen_id,
        result=row.result,
        reason=row.reason,
        rule=row.rule,
        anomaly=row.anomaly,
        duration_ms=row.duration_ms,
    )


async def forget_old(ctx: Ctx) -> None:
    """Drop attempts of which nobody asks any more."""
    old = distribution_attempts.c.at < ctx.now - KEPT
    await ctx.db.execute(delete(distribution_attempts).where(old))
