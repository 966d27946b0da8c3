"""Ids of messages, known before they are written."""

from connective.kit.context import Ctx
from connective.modules.dialogs.models import message_ids


async def message_ids_for(ctx: Ctx, count: int) -> list[int]:
    """`count` ids in rising order."""
    return await message_ids.take(ctx.db, count) if count else []
