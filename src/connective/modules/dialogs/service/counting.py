"""How much is said in the bots' dialogs."""

from collections.abc import Sequence
from datetime import datetime

from connective.kit.context import Ctx
from connective.modules.bots import service as bots
from connective.modules.dialogs.queries import said


async def counts_since(ctx: Ctx, bot_ids: Sequence[int], since: datetime) -> dict[int, int]:
    """Messages of both directions by bot; whoever asks has decided who sees the bots."""
    return await said.counts_since(ctx.db, bot_ids, since)


bots.message_counts.offer("dialogs", counts_since)
