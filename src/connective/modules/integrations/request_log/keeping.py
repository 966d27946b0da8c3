"""How long the request log keeps what it has."""

from datetime import timedelta
from typing import Final

from sqlalchemy import delete

from connective.kit.context import Ctx
from connective.modules.integrations.request_log import queries
from connective.modules.integrations.request_log.models import request_log

KEPT: Final = timedelta(days=14)
AT_ONCE: Final = 50_000


async def forget_old(ctx: Ctx) -> None:
    """Delete requests of more than 14 days ago, some ten thousands at a time."""
    old = queries.before(ctx.now - KEPT, limit=AT_ONCE)
    await ctx.db.execute(delete(request_log).where(request_log.c.id.in_(old)))
