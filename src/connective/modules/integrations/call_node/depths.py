"""Keeps webhooks that lead to our own call_node from going round in circles for ever.

A run that such a call starts is noted with its depth before it begins, so that the events of its
messages are known to be that deep when they are read.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from connective.kit.context import Ctx
from connective.modules.integrations.call_node.models import run_depths

HEADER: Final = "webhook-id"
# A run may wait long for its client; a circle goes round at once.
KEPT: Final = timedelta(days=31)
MOST: Final = 100


def of_call(headers: Mapping[str, str], body: Mapping[str, Any]) -> int:
    """How deep a call lies: only a webhook's, which names its event in the header too, is deep."""
    named = headers.get(HEADER)
    data = body.get("data")
    if not named or body.get("event_id") != named or not isinstance(data, dict):
        return 0
    depth = data.get("depth")
    return depth if type(depth) is int and 0 < depth <= MOST else 0


async def note(ctx: Ctx, run_id: int, depth: int) -> None:
    """Say how deep a promised run lies; one that no webhook asked for is not written down."""
    if depth:
        values = {"run_id": run_id, "depth": depth, "created_at": ctx.now}
        # a claim that is taken over has its run's depth already
        await ctx.db.execute(insert(run_depths).values(values).on_conflict_do_nothing())


async def forget_old(ctx: Ctx) -> None:
    await ctx.db.execute(delete(run_depths).where(run_depths.c.created_at <= ctx.now - KEPT))
