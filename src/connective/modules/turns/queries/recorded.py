"""Runs and their steps, as they are recorded."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit import auth_policy
from connective.kit.auth_policy import Actor
from connective.kit.db.rows import AnyRow
from connective.kit.paging import PageQuery
from connective.modules.dialogs.models import dialogs
from connective.modules.turns.models import journal, runs

# A planned run has no dialog yet: its request names the chat.
_RUN = (
    *(c for c in runs.c if c.name != "request"),
    func.coalesce(dialogs.c.channel, runs.c.request["channel"].astext).label("channel"),
    func.coalesce(dialogs.c.chat_id, runs.c.request["chat_id"].astext).label("chat_id"),
    dialogs.c.waiting,
    dialogs.c.run_id.label("current_run_id"),
)


def _runs(actor: Actor) -> Any:
    return (
        select(*_RUN)
        .outerjoin(dialogs, dialogs.c.id == runs.c.dialog_id)
        .where(auth_policy.predicate(actor, "runs.view", runs))
    )


async def listed(
    db: AsyncConnection,
    actor: Actor,
    asked: PageQuery,
    *,
    bot_id: int | None,
    dialog_id: int | None,
    status: str | None,
    source: str | None,
    key_id: int | None,
) -> Sequence[AnyRow]:
    """Runs that the actor sees, newest first."""
    query = _runs(actor).order_by(runs.c.id.desc()).limit(asked.limit + 1)
    for column, value in (
        (runs.c.bot_id, bot_id),
        (runs.c.dialog_id, dialog_id),
        (runs.c.status, status),
        (runs.c.source, source),
        (runs.c.key_id, key_id),
    ):
        if value is not None:
            query = query.where(column == value)
    if (last := asked.after(int)) is not None:
        query = query.where(runs.c.id < last[0])
    return list((await db.execute(query)).all())


async def run(db: AsyncConnection, actor: Actor, run_id: int) -> AnyRow | None:
    found: AnyRow | None = (await db.execute(_runs(actor).where(runs.c.id == run_id))).one_or_none()
    return found


async def run_now(db: AsyncConnection, run_id: int) -> AnyRow | None:
    """A run and what its dialog waits for."""
    query = (
        select(
            runs.c.id,
            runs.c.status,
            runs.c.error,
            runs.c.output,
            runs.c.ended_at,
            dialogs.c.waiting,
            dialogs.c.run_id.label("current_run_id"),
        )
        .outerjoin(dialogs, dialogs.c.id == runs.c.dialog_id)
        .where(runs.c.id == run_id)
    )
    return (await db.execute(query)).one_or_none()


_HAS_BEGUN = """
SELECT status NOT IN ('scheduled', 'starting') FROM runs WHERE id = $1 FOR UPDATE
"""


_IS_PARKED = "SELECT EXISTS (SELECT FROM parked WHERE (start->>'run_id')::bigint = $1)"


async def has_begun(driver: Any, run_id: int) -> bool:
    """Whether a run was started already, waits parked, or was taken back; its row stays locked."""
    begun = await driver.fetchval(_HAS_BEGUN, run_id)
    return bool(begun) or bool(await driver.fetchval(_IS_PARKED, run_id))


async def run_locked(db: AsyncConnection, run_id: int) -> AnyRow | None:
    query = select(runs).where(runs.c.id == run_id).with_for_update()
    return (await db.execute(query)).one_or_none()


async def steps_of_run(db: AsyncConnection, run_id: int, limit: int) -> Sequence[AnyRow]:
    """The journal of a run, oldest first."""
    query = select(journal).where(journal.c.run_id == run_id).order_by(journal.c.id).limit(limit)
    return (await db.execute(query)).all()


_STEPS = """
SELECT id, run_id, version_id, snapshot::text AS snapshot, input::text AS input,
       output::text AS output
FROM journal WHERE dialog_id = $1 AND id > $2 ORDER BY id LIMIT $3
"""


async def journal_of_dialog(driver: Any, dialog_id: int, after: int, limit: int) -> Sequence[Any]:
    """Steps of a dialog as the very texts that were written."""
    return list(await driver.fetch(_STEPS, dialog_id, after, limit))
