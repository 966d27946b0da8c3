"""Runs as the pages show them: the list, and one run step by step."""

from typing import Any

from connective.kit import errors, i18n
from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.kit.http.reply import moment
from connective.kit.paging import Page, PageQuery, page
from connective.modules.turns.queries import calls, recorded
from connective.modules.turns.running import state_of
from connective.modules.turns.schemas import CallOut, RunDetail, RunOut, StepOut

MOST_STEPS = 500
TIMES = ("due_at", "started_at", "ended_at", "created_at")


async def listed(
    ctx: Ctx,
    asked: PageQuery,
    *,
    bot_id: int | None = None,
    dialog_id: int | None = None,
    status: str | None = None,
    source: str | None = None,
    key_id: int | None = None,
) -> Page[RunOut]:
    """Runs that the actor sees, newest first."""
    rows = await recorded.listed(
        ctx.db,
        ctx.actor,
        asked,
        bot_id=bot_id,
        dialog_id=dialog_id,
        status=status,
        source=source,
        key_id=key_id,
    )
    cut = page(list(rows), asked.limit, "id")
    return Page([RunOut(**_fields(row)) for row in cut.items], cut.next_cursor)


async def detail(ctx: Ctx, run_id: int) -> RunDetail:
    """One run with everything it did; 404 for what the actor may not see."""
    row = await recorded.run(ctx.db, ctx.actor, run_id)
    if row is None:
        raise errors.NotFound("not_found")
    steps = await recorded.steps_of_run(ctx.db, run_id, MOST_STEPS)
    made = await calls.of_run(ctx.db, row.dialog_id or 0, run_id)
    return RunDetail(
        **_fields(row),
        version_id=row.version_id,
        steps=[_step(step, ctx.actor.language) for step in steps],
        calls=[_call(call) for call in made],
    )


def _fields(row: AnyRow) -> dict[str, Any]:
    given = row._asdict()
    fields = {name: given[name] for name in RunOut.__struct_fields__}
    if row.status == "running" and state_of(row) == "waiting":
        fields["status"] = "waiting"
    return fields | {name: moment(fields[name]) for name in TIMES}


def _step(row: AnyRow, language: str) -> StepOut:
    return StepOut(
        id=row.id,
        at=row.at,
        event=row.input["event"],
        trace=row.output["trace"],
        effects=row.output["effects"],
        warnings=[_told(warning, language) for warning in row.output["warnings"]],
        waiting=row.output["waiting"],
    )


def _told(warning: dict[str, Any], language: str) -> dict[str, Any]:
    """A warning of the journal with its sentence."""
    sentence = i18n.text(language, f"run_warnings.{warning['code']}", **warning["params"])
    return warning | {"message": sentence}


def _call(row: AnyRow) -> CallOut:
    fields = {name: getattr(row, name) for name in CallOut.__struct_fields__}
    return CallOut(**fields)
