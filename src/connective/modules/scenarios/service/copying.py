"""A new bot like another one: its settings and its draft, but none of its channels and secrets."""

from connective.kit.context import Ctx
from connective.modules.bots import service as bots
from connective.modules.bots.schemas import BotCreated, BotPatch, NewBot
from connective.modules.scenarios.schemas import CopyBot
from connective.modules.scenarios.service import drafts, sealing, stored
from connective.modules.scenarios.service.access import bot_for

SETTINGS = ("group_id", "languages", "timezone", "error_text")


async def copy(ctx: Ctx, bot_id: int, wanted: CopyBot) -> BotCreated:
    """Inactive and unpublished until somebody has looked it through."""
    await bot_for(ctx, bot_id, "scenarios.view")
    source = await bots.get(ctx, bot_id)
    settings = {name: getattr(source, name) for name in SETTINGS}
    made = await bots.create(ctx, NewBot(name=wanted.name, alias=wanted.alias, **settings))
    words = BotPatch(unsubscribe_words=source.unsubscribe_words)
    await bots.change(ctx, made.id, words)
    row = await stored.locked(ctx, made)
    graph = sealing.emptied(await stored.stored_graph(ctx, source))
    await drafts.write(ctx, row.bot_id, graph)
    made.unsubscribe_words = source.unsubscribe_words
    return made
