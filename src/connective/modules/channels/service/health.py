"""How the channels of a bot do, for those who list bots."""

from collections.abc import Sequence

from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.modules.bots.schemas import ChannelSummary
from connective.modules.channels import queries
from connective.modules.channels.service.custom import KEY


async def summaries(ctx: Ctx, bot_ids: Sequence[int]) -> dict[int, list[ChannelSummary]]:
    """How the channels of bots do, for the list of bots."""
    found: dict[int, list[ChannelSummary]] = {}
    for row in await queries.of_bots(ctx.db, bot_ids):
        found.setdefault(row.bot_id, []).append(_summary(row))
    return found


def _summary(row: AnyRow) -> ChannelSummary:
    if row.status == "error":
        return ChannelSummary(row.channel, "error", row.last_error or "")
    if not row.enabled or row.endpoint_status == "paused":
        return ChannelSummary(row.channel, "off")
    if row.channel != KEY:
        return ChannelSummary(row.channel, "ok" if row.last_ok_at else "unknown")
    if row.failing_since is not None or row.endpoint_status != "active":
        error = row.endpoint_error or ""
        # somebody who was slow a few times may well have taken what came
        slow = row.endpoint_status == "active" and row.warned_at is None
        slow = slow and error.startswith("timeout")
        return ChannelSummary(row.channel, "unknown" if slow else "error", error)
    return ChannelSummary(row.channel, "ok" if row.last_success_at else "unknown")


async def missing(ctx: Ctx, bot_id: int) -> list[str]:
    """A bot that no channel connects answers nobody."""
    return [] if await queries.of_bots(ctx.db, [bot_id]) else ["no_channel"]
