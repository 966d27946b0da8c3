"""The scenario's row and its graph as they are kept, secrets sealed."""

from typing import Any

from sqlalchemy import Row
from sqlalchemy.dialects.postgresql import insert

from connective.kit import errors, i18n
from connective.kit.context import Ctx
from connective.modules.bots.schemas import Bot
from connective.modules.scenarios import queries
from connective.modules.scenarios.models import scenarios


def first_graph(bot: Bot) -> dict[str, Any]:
    """What a new bot begins with: one section with Start."""
    language = bot.languages[0]
    section = i18n.text(language, "scenarios.main_section")
    start = i18n.text(language, "scenarios.start_node")
    return {
        "format": "scenario",
        "format_version": 1,
        "sections": [{"id": 1, "name": section, "is_start": True}],
        "nodes": [
            {"id": 1, "section_id": 1, "type": "start", "name": start, "x": 0, "y": 0, "data": {}}
        ],
        "edges": [],
        "constants": [],
    }


async def stored_graph(ctx: Ctx, bot: Bot) -> dict[str, Any]:
    """The draft as it is kept, secrets sealed."""
    row = await queries.scenario(ctx.db, bot.id)
    return first_graph(bot) if row is None else row.draft


async def locked(ctx: Ctx, bot: Bot, *, wait: bool = True) -> Row[Any]:
    """The bot's scenario for writing, made when it is the first time; 409 instead of waiting."""
    row = await queries.locked(ctx.db, bot.id, wait=wait)
    if row is None and await queries.scenario(ctx.db, bot.id) is None:
        await _begin(ctx, bot)
        row = await queries.locked(ctx.db, bot.id, wait=wait)
    if row is None:
        raise errors.Conflict("scenario_busy")
    return row


async def _begin(ctx: Ctx, bot: Bot) -> None:
    first = {
        "bot_id": bot.id,
        "draft": first_graph(bot),
        "draft_rev": 1,
        "updated_at": ctx.now,
        "updated_by": ctx.actor.name,
    }
    await ctx.db.execute(insert(scenarios).values(first).on_conflict_do_nothing())
