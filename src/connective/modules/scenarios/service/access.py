"""The bot whose scenario someone asks for, when they may."""

import msgspec

from connective.kit import auth_policy
from connective.kit.context import Ctx
from connective.modules.bots import service as bots
from connective.modules.bots.schemas import Bot


class OfBot(msgspec.Struct, frozen=True):
    """What the rules of scenarios look at."""

    bot_id: int


async def bot_for(ctx: Ctx, bot_id: int, action: str) -> Bot:
    """The bot; 403 without the permission, 404 for a bot that is not there or not theirs."""
    auth_policy.find(ctx.actor, action, OfBot(bot_id))
    return await bots.find(ctx, bot_id)
