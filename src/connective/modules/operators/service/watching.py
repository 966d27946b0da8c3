"""Stays that last too long, limits of a day that is over, people who are gone unnoticed."""

from typing import Final

from connective.kit.context import Ctx
from connective.modules.operators import queries
from connective.modules.operators.events import OperatorChanged, OperatorOverstayed

# Each stay is told of once; one that somebody ends at this moment is left alone.
_OVERSTAYED: Final = """
WITH due AS (
    SELECT i.id, s.id AS status_id, s.max_minutes,
        CASE WHEN s.is_system THEN s.alias ELSE s.name END AS status
    FROM operator_intervals i JOIN operator_statuses s ON s.id = i.status_id
    WHERE i.to_at IS NULL AND i.overstayed_at IS NULL
        AND i.counted_from + make_interval(mins => s.max_minutes) <= $1
    ORDER BY i.id FOR UPDATE OF i SKIP LOCKED
)
UPDATE operator_intervals i SET overstayed_at = $1 FROM due WHERE i.id = due.id
RETURNING i.user_id, due.status_id, due.status, due.max_minutes
"""
_OVER: Final = """
UPDATE operators SET limit_today = NULL, limit_until = NULL WHERE limit_until <= $1
RETURNING user_id
"""


async def end_limits(ctx: Ctx) -> None:
    """The usual limits come back where the day of another one is over."""
    for row in await (await ctx.driver()).fetch(_OVER, ctx.now):
        ctx.emit("operator.updated", OperatorChanged(row["user_id"], ["limit_today"]))
        ctx.wakes("distribution")


async def tell_overstayed(ctx: Ctx) -> None:
    """Note and say of stays that they last longer than they may."""
    for row in await (await ctx.driver()).fetch(_OVERSTAYED, ctx.now):
        found = (row["user_id"], row["status_id"], row["status"], row["max_minutes"])
        ctx.emit("operator.overstayed", OperatorOverstayed(*found))


async def gone(ctx: Ctx) -> list[int]:
    """Who should receive chats and has been gone for long enough to get another status."""
    return [row.user_id for row in await queries.gone(ctx.db, ctx.now)]
