"""How long the ledger keeps what it has: finished calls, and calls that nobody may take."""

from datetime import timedelta

from sqlalchemy import delete, update

from connective.kit.context import Ctx
from connective.kit.outbox.models import deliveries
from connective.modules.integrations.deliveries import queries

KEPT = timedelta(days=90)
KEPT_FOR_INACTIVE = timedelta(days=7)
AT_ONCE = 5000


async def forget_old(ctx: Ctx) -> None:
    """Delete calls that ended 90 days ago, some thousands at a time."""
    old = queries.ended_before(ctx.now - KEPT, limit=AT_ONCE)
    await ctx.db.execute(delete(deliveries).where(deliveries.c.id.in_(old)))


async def give_up_kept(ctx: Ctx) -> None:
    """Cancel what a paused or disabled endpoint has not taken for seven days."""
    late = queries.kept_since_before(ctx.now - KEPT_FOR_INACTIVE)
    gone = {"status": "cancelled", "next_at": None, "done_at": ctx.now, "last_error": "expired"}
    await ctx.db.execute(update(deliveries).where(deliveries.c.id.in_(late)).values(gone))
