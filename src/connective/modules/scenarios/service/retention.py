"""How long versions are kept: the pinned ones, the last 200, and what a journal may replay."""

from datetime import timedelta

from sqlalchemy import delete

from connective.kit.context import Ctx
from connective.modules.scenarios import queries
from connective.modules.scenarios.models import scenario_versions

LAST = 200
# as long as journals of dialogs are kept: a replay needs the version that ran
JOURNAL = timedelta(days=90)


async def prune(ctx: Ctx, bot_id: int) -> int:
    """Remove what nobody needs any more; gives how many versions went."""
    gone = await queries.outlived(ctx.db, bot_id, last=LAST, before=ctx.now - JOURNAL)
    if gone:
        await ctx.db.execute(delete(scenario_versions).where(scenario_versions.c.id.in_(gone)))
    return len(gone)
