"""Takes the next channel for a message that did not arrive."""

from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.modules.broadcasts import queries
from connective.modules.broadcasts.service import going_out
from connective.modules.broadcasts.service.sending import TOPIC, reachable_by_channel


async def to_the_next(ctx: Ctx, row: AnyRow) -> None:
    """Plan it for the next of its channels in which its client can be written to."""
    known = await queries.contacts_of_phone(ctx.db, row.bot_id, row.phone, now=ctx.now)
    ready = reachable_by_channel(known)
    left = list(row.left)
    while left:
        channel = left.pop(0)
        if channel in ready:
            await going_out.note(
                ctx,
                row.id,
                status="scheduled",
                channel=channel,
                contact_id=ready[channel].id,
                left=left,
                message_id=None,
                send_at=ctx.now,
            )
            ctx.wakes(TOPIC)
            return
    await going_out.note(ctx, row.id, left=[])
