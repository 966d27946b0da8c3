"""How many unclosed chats each operator has, and when he was last given one or closed one."""

from collections.abc import Iterable

from connective.kit.context import Ctx

# Rows are locked in the order of their ids; a person who answers for the first time gets his
# row here, in the status of those who are away.
_HOLD = """
INSERT INTO operators (user_id, status_id, status_since)
SELECT u, (SELECT id FROM operator_statuses WHERE alias = 'offline'), $2
FROM unnest($1::bigint[]) AS u ORDER BY u
ON CONFLICT (user_id) DO UPDATE SET active = operators.active
"""
_TOOK = "UPDATE operators SET active = active + 1, last_assigned_at = $2 WHERE user_id = $1"
_FREED = """
UPDATE operators SET active = greatest(active - 1, 0),
    last_closed_at = CASE WHEN $2 THEN $3 ELSE last_closed_at END
WHERE user_id = $1
"""


async def hold(ctx: Ctx, user_ids: Iterable[int]) -> None:
    """Lock operators by rising id, making the rows of those who have none."""
    ids = sorted(set(user_ids))
    if ids:
        await (await ctx.driver()).execute(_HOLD, ids, ctx.now)


async def took(ctx: Ctx, user_id: int) -> None:
    """The operator has one chat more."""
    await (await ctx.driver()).execute(_TOOK, user_id, ctx.now)


async def freed(ctx: Ctx, user_id: int, *, closed: bool) -> None:
    """The operator has one chat less."""
    await (await ctx.driver()).execute(_FREED, user_id, closed, ctx.now)
