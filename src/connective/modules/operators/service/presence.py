"""Who is there: the sign of life that the sockets of an operator give."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from connective.kit.context import Ctx
from connective.modules.operators.events import OperatorChanged
from connective.modules.operators.queries import ANSWERS

ALIVE = timedelta(seconds=60)

# A row that somebody holds is left for the next sign: nobody waits for a heartbeat.
_SEEN = """
WITH new AS (
    INSERT INTO operators (user_id, status_id, status_since, seen_at)
    SELECT u.id, s.id, $2, $2
    FROM users u JOIN roles r ON r.id = u.role_id, operator_statuses s
    WHERE u.id = ANY($1) AND (u.is_root OR $4 = ANY(r.permissions)) AND s.alias = 'offline'
    ORDER BY u.id
    ON CONFLICT (user_id) DO NOTHING RETURNING user_id
), free AS (
    SELECT user_id, seen_at FROM operators WHERE user_id = ANY($1)
    ORDER BY user_id FOR UPDATE SKIP LOCKED
), told AS (
    UPDATE operators o SET seen_at = greatest($2, o.seen_at)
    FROM free WHERE o.user_id = free.user_id
    RETURNING o.user_id, free.seen_at AS before
)
SELECT user_id FROM told WHERE before IS NULL OR before <= $3
UNION SELECT user_id FROM new
"""


def connected(seen_at: datetime | None, now: datetime) -> bool:
    return seen_at is not None and seen_at > now - ALIVE


async def seen(ctx: Ctx, user_ids: Iterable[int]) -> list[int]:
    """These people are there now; those who were not come back."""
    ids = sorted(set(user_ids))
    if not ids:
        return []
    driver = await ctx.driver()
    rows = await driver.fetch(_SEEN, ids, ctx.now, ctx.now - ALIVE, ANSWERS)
    back = sorted(row["user_id"] for row in rows)
    for user_id in back:
        ctx.emit("operator.updated", OperatorChanged(user_id, ["connected"]))
    if back:
        ctx.wakes("distribution")
    return back
