"""New and changed clients whose bots tell eSputnik of them: noted, held, settled."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import and_, delete, or_, update
from sqlalchemy.dialects.postgresql import insert

from connective.kit import clock
from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.kit.events.reader import LoggedEvent
from connective.modules.esputnik import queries
from connective.modules.esputnik.models import esputnik_changes
from connective.modules.esputnik.people import MOST
from connective.modules.esputnik.provider import EsputnikProblem
from connective.modules.esputnik.service.accounts import TOPIC

LEASE: Final = timedelta(minutes=5)


async def changed(ctx: Ctx, events: Sequence[LoggedEvent]) -> None:
    """Note the clients for each bot that tells changes."""
    ids = sorted({event.client_id for event in events if event.client_id is not None})
    pairs = await queries.telling(ctx.db, ids)
    if not pairs:
        return
    rows = [
        {"bot_id": p.bot_id, "client_id": p.client_id, "next_at": ctx.now, "noted_at": ctx.now}
        for p in pairs
    ]
    added = insert(esputnik_changes).values(rows)
    again = added.on_conflict_do_update(
        index_elements=["bot_id", "client_id"],
        set_={
            "change": esputnik_changes.c.change + 1,
            "attempts": 0,
            "next_at": ctx.now,
            "noted_at": ctx.now,
        },
    )
    await ctx.db.execute(again)
    ctx.wakes(TOPIC)


async def hold_changes(ctx: Ctx) -> Sequence[AnyRow]:
    """EsputnikChanges of one bot that are due, ours for a while."""
    rows = await queries.due_changes(ctx.db, ctx.now, limit=MOST)
    if rows:
        await _write(ctx, rows, next_at=ctx.now + LEASE)
    return rows


async def settle_changes(ctx: Ctx, rows: Sequence[AnyRow], refused: dict[int, str]) -> None:
    """They are told; a client that changed meanwhile stays, at once due again."""
    done = [row for row in rows if row.client_id not in refused]
    if done:
        await ctx.db.execute(delete(esputnik_changes).where(_same(done)))
        await _write(ctx, done, next_at=ctx.now)
    for row in rows:
        if row.client_id in refused:
            await ctx.db.execute(
                update(esputnik_changes)
                .where(_same([row]))
                .values(next_at=None, error=refused[row.client_id])
            )


async def put_off_changes(ctx: Ctx, rows: Sequence[AnyRow], problem: EsputnikProblem) -> None:
    """Again after a pause; without another try they have failed until the client changes anew.

    A key that is refused is not their fault: they wait for another one.
    """
    tries = max(row.attempts for row in rows)
    wait = problem.pause(tries)
    told: dict[str, Any] = {"error": problem.text, "attempts": tries + 1, "next_at": None}
    if problem.code == "esputnik_unauthorized":
        told |= {"next_at": clock.now(), "attempts": tries}
    elif wait is not None:
        told["next_at"] = clock.now() + timedelta(seconds=wait)
    await ctx.db.execute(update(esputnik_changes).where(_same(rows)).values(told))


def _same(rows: Sequence[AnyRow]) -> Any:
    """Those rows, unless they have changed since."""
    key = esputnik_changes.c
    return or_(
        *(
            and_(
                key.bot_id == row.bot_id,
                key.client_id == row.client_id,
                key.change == row.change,
            )
            for row in rows
        )
    )


async def _write(ctx: Ctx, rows: Sequence[AnyRow], **values: Any) -> None:
    key = esputnik_changes.c
    mine = and_(key.bot_id == rows[0].bot_id, key.client_id.in_([row.client_id for row in rows]))
    await ctx.db.execute(update(esputnik_changes).where(mine).values(values))
