"""Endpoints that a restore has paused: what waits for them may have gone out since the backup."""

from sqlalchemy import update

from connective.kit import auth_policy
from connective.kit.context import Ctx
from connective.kit.http.reply import moment
from connective.kit.outbox.again import CALLED_AGAIN
from connective.kit.outbox.models import endpoints
from connective.modules.integrations.deliveries import queries, service
from connective.modules.integrations.deliveries.schemas import HeldEndpoint, HeldEndpoints


async def listed(ctx: Ctx) -> HeldEndpoints:
    """Those that the actor sees deliveries of, by name."""
    rows = await queries.held(ctx.db, ctx.actor)
    return HeldEndpoints(
        [
            HeldEndpoint(row.id, row.name, row.kind, row.bot_id, row.waiting, moment(row.oldest_at))
            for row in rows
        ]
    )


async def release(ctx: Ctx, endpoint_id: int, *, send: bool) -> None:
    """Call it again; what waits is sent in its order, or cancelled."""
    found = await queries.held_endpoint(ctx.db, endpoint_id)
    row = auth_policy.find(ctx.actor, "deliveries.retry", found)
    await service.cancel_open(ctx, endpoint_id, outside=(None, None) if send else None)
    active = CALLED_AGAIN | {"version": endpoints.c.version + 1}
    await ctx.db.execute(update(endpoints).where(endpoints.c.id == row.id).values(**active))
    await service.hasten(ctx, endpoint_id)
    ctx.audit("endpoint.resumed", "endpoint", endpoint_id, None, {"name": row.name, "sent": send})
