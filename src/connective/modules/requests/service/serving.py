"""Which topic and which skill groups a chat has where nobody has named any."""

from connective.kit.context import Ctx
from connective.modules.operators import service as operators
from connective.modules.requests import queries


async def topic_of(ctx: Ctx, bot_id: int) -> int | None:
    """The bot's topic for chats that have none of their own, when the actor may see it."""
    chosen = (await operators.working(ctx, [bot_id])).get(bot_id)
    topic_id = chosen.subject_id if chosen is not None else None
    hidden = ctx.actor.topic_ids and topic_id not in ctx.actor.topic_ids
    return None if hidden else topic_id


async def groups_of(ctx: Ctx, bot_id: int, topic_id: int | None) -> list[int]:
    """The skill groups of the topic, else the bot's own; none: everybody."""
    own = await queries.groups_of_topic(ctx.db, topic_id) if topic_id is not None else []
    if own:
        return own
    chosen = (await operators.working(ctx, [bot_id])).get(bot_id)
    return [chosen.group_id] if chosen is not None and chosen.group_id is not None else []
