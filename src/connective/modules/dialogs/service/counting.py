"""How much is said in the bots' dialogs."""

from collections.abc import Sequence
from datetime import datetime

from connective.kit.context import Ctx
from connective.modules.bots import service as bots
from connective.modules.bots.schemas import Activity
from connective.modules.dialogs.queries import said


async def activity_since(ctx: Ctx, bot_ids: Sequence[int], since: datetime) -> dict[int, Activity]:
    """Dialogs and messages by bot; whoever asks has decided who sees the bots."""
    return await said.activity_since(ctx.db, bot_ids, since)


bots.activities.offer("dialogs", activity_since)
