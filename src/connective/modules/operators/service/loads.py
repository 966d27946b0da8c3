"""How many unclosed chats each operator has, which clients today, when he got or closed one."""

from collections.abc import Iterable
from datetime import timedelta

from connective.kit.context import Ctx
from connective.modules.operators.events import OperatorChanged

# Rows are locked in the order of their ids; a person who answers for the first time gets his
# row here, in the status of those who are away.
_HOLD = """
INSERT INTO operators (user_id, status_id, status_since)
SELECT u, (SELECT id FROM operator_statuses WHERE alias = 'offline'), $2
FROM unnest($1::bigint[]) AS u ORDER BY u
ON CONFLICT (user_id) DO UPDATE SET active = operators.active
"""
# A client counts once on a day, which is that of the operator's time zone.
_TOOK = """
WITH his AS (
    SELECT ($2::timestamptz AT TIME ZONE timezone)::date AS day FROM users WHERE id = $1
), first AS (
    INSERT INTO operator_touches (user_id, day, client_id) SELECT $1, day, $3 FROM his
    ON CONFLICT DO NOTHING RETURNING 1
)
UPDATE operators o SET active = active + 1, last_assigned_at = $2, touched_on = his.day,
    touched = CASE WHEN touched_on = his.day THEN touched ELSE 0 END + (SELECT count(*) FROM first)
FROM his WHERE user_id = $1
"""
# With the last chat gone, a status that counts after closing begins to count.
_FREED = """
WITH freed AS (
    UPDATE operators SET active = greatest(active - 1, 0),
        last_closed_at = CASE WHEN $2 THEN $3 ELSE last_closed_at END
    WHERE user_id = $1 RETURNING user_id, active
)
UPDATE operator_intervals i SET counted_from = $3 FROM freed
WHERE freed.active = 0 AND i.user_id = freed.user_id AND i.to_at IS NULL AND i.counted_from IS NULL
"""


async def hold(ctx: Ctx, user_ids: Iterable[int]) -> None:
    """Lock operators by rising id, making the rows of those who have none."""
    ids = sorted(set(user_ids))
    if ids:
        await (await ctx.driver()).execute(_HOLD, ids, ctx.now)


async def took(ctx: Ctx, user_id: int, client_id: int) -> None:
    """The operator has one chat more, with this client."""
    await (await ctx.driver()).execute(_TOOK, user_id, ctx.now, client_id)


async def forget_touches(ctx: Ctx) -> None:
    """Drop the clients of days that are over in every time zone."""
    await (await ctx.driver()).execute(
        "DELETE FROM operator_touches WHERE day < $1", ctx.now.date() - timedelta(days=1)
    )


async def freed(ctx: Ctx, user_id: int, *, closed: bool) -> None:
    """The operator has one chat less."""
    done = await (await ctx.driver()).execute(_FREED, user_id, closed, ctx.now)
    if done == "UPDATE 1":
        ctx.emit("operator.updated", OperatorChanged(user_id, ["counted_since"]))
