"""How long a client may still be written to, in channels that take messages for a while only."""

from datetime import datetime, timedelta

from connective.contracts.channel import CHANNELS
from connective.kit import errors
from connective.kit.context import Ctx
from connective.modules.requests.conversation import queries


async def until(ctx: Ctx, channel: str, dialog_id: int) -> datetime | None:
    """So long after the client's own words; None: always. Before his first words it is over."""
    hours = CHANNELS[channel].limits.get("window_hours")
    if hours is None:
        return None
    heard = await queries.last_heard(ctx.db, dialog_id)
    return ctx.now if heard is None else heard + timedelta(hours=hours)


async def need_open(ctx: Ctx, channel: str, dialog_id: int) -> None:
    """Refuse what the channel would not take any more."""
    end = await until(ctx, channel, dialog_id)
    if end is not None and end <= ctx.now:
        known = CHANNELS[channel]
        hours = known.limits["window_hours"]
        raise errors.Conflict("window_closed", channel=known.title, hours=hours)
