"""Statuses that operators choose from."""

from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError

from connective.kit import crypto, errors, i18n
from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.modules.operators import queries
from connective.modules.operators.events import StatusChanged
from connective.modules.operators.models import operator_statuses
from connective.modules.operators.schemas import NewStatus, Status, StatusPatch

TIMES = ("max_minutes", "idle_minutes")
AUDITED = ("name", "kind", "color", "can_receive", "count_after_closed", "position", *TIMES)


async def list_statuses(ctx: Ctx) -> list[Status]:
    return [status_out(row, ctx.actor.language) for row in await queries.statuses(ctx.db)]


async def get_status(ctx: Ctx, status_id: int) -> Status:
    return status_out(await usable_status(ctx, status_id), ctx.actor.language)


async def create_status(ctx: Ctx, new: NewStatus) -> Status:
    values = new.model_dump()
    _check(values)
    alias = f"s_{crypto.token()[:12]}"
    added = insert(operator_statuses).values(alias=alias, **values).returning(operator_statuses)
    row = await _one_when_idle(ctx, added)
    _note(ctx, "operator_status.created", row, before=None)
    return status_out(row, ctx.actor.language)


async def change_status(ctx: Ctx, status_id: int, patch: StatusPatch) -> Status:
    """Change what the patch names; of a system one only its times."""
    before = await _locked(ctx, status_id)
    values = patch.model_dump(exclude_unset=True)
    values = {k: v for k, v in values.items() if v is not None or k in TIMES}
    if before.is_system and values.keys() - set(TIMES):
        raise errors.Conflict("status_is_system", status=name_of(before, ctx.actor.language))
    _check({name: getattr(before, name) for name in AUDITED} | values)
    if not values:
        return status_out(before, ctx.actor.language)
    row = await _write(ctx, before, values)
    ctx.wakes("distribution")
    return status_out(row, ctx.actor.language)


async def delete_status(ctx: Ctx, status_id: int) -> None:
    """Take a status out of use; the log of who was in it stays."""
    before = await _locked(ctx, status_id)
    if before.is_system:
        raise errors.Conflict("status_is_system", status=name_of(before, ctx.actor.language))
    if people := await queries.in_status(ctx.db, status_id):
        raise errors.Conflict("status_in_use", status=before.name, operators=people)
    await _write(ctx, before, {"deleted_at": ctx.now})


async def usable_status(ctx: Ctx, status_id: int) -> AnyRow:
    """A status that can be set; 404 for one that was deleted."""
    row = await queries.status(ctx.db, status_id)
    if row is None:
        raise errors.NotFound("not_found")
    return row


def status_out(row: AnyRow, language: str) -> Status:
    fields = {name: getattr(row, name) for name in Status.__struct_fields__}
    return Status(**fields | {"name": name_of(row, language)})


def name_of(row: Any, language: str) -> str:
    if row.is_system:
        return i18n.text(language, f"operator_statuses.{row.alias}")
    return str(row.name)


async def _locked(ctx: Ctx, status_id: int) -> AnyRow:
    row = await queries.status(ctx.db, status_id, lock=True)
    if row is None:
        raise errors.NotFound("not_found")
    return row


def _check(values: dict[str, Any]) -> None:
    if values["can_receive"] and values["count_after_closed"]:
        raise errors.Invalid("receives_and_counts", field="count_after_closed")
    if values["can_receive"] and values["kind"] != "work":
        raise errors.Invalid("only_work_receives", field="can_receive")
    if values["can_receive"] and values["idle_minutes"] is not None:
        raise errors.Invalid("idle_receives", field="idle_minutes")


async def _one_when_idle(ctx: Ctx, statement: Any) -> AnyRow:
    """The written row; only one status sets itself for whoever is gone."""
    try:
        async with ctx.db.begin_nested():
            row: AnyRow = (await ctx.db.execute(statement)).one()
    except IntegrityError:
        raise errors.Conflict("idle_taken", field="idle_minutes") from None
    return row


async def _write(ctx: Ctx, before: AnyRow, values: dict[str, Any]) -> AnyRow:
    mine = operator_statuses.c.id == before.id
    changed = update(operator_statuses).where(mine).values(**values)
    row = await _one_when_idle(ctx, changed.returning(operator_statuses))
    gone = "deleted_at" in values
    kind = "operator_status.deleted" if gone else "operator_status.changed"
    _note(ctx, kind, row, before=before)
    return row


def _note(ctx: Ctx, action: str, row: AnyRow, *, before: AnyRow | None) -> None:
    old = {name: getattr(before, name) for name in AUDITED} if before is not None else None
    ctx.audit(action, "operator_status", row.id, old, {n: getattr(row, n) for n in AUDITED})
    ctx.emit("operator_status.changed", StatusChanged(row.id, row.name))
