"""Scenarios: the draft, its check, versions, entry points, and compiled programs for turns."""

from connective.kit.context import Ctx
from connective.modules.bots import service as bots
from connective.modules.scenarios import queries
from connective.modules.scenarios.service import (
    checks,
    copying,
    drafts,
    entry_points,
    languages,
    programs,
    start_triggers,
    topic_uses,
    versions,
)
from connective.modules.topics import service as topics

__all__ = [
    "checks",
    "copying",
    "drafts",
    "entry_points",
    "languages",
    "programs",
    "start_triggers",
    "versions",
]


async def _missing(ctx: Ctx, bot_id: int) -> list[str]:
    row = await queries.scenario(ctx.db, bot_id)
    return [] if row is not None and row.active_version_id is not None else ["bot_no_scenario"]


async def _aliases(ctx: Ctx, bot_id: int) -> list[str]:
    return await queries.aliases(ctx.db, bot_id)


bots.entry_aliases.offer("scenarios", _aliases)
bots.missing_parts.offer("scenarios", _missing)
bots.language_uses.offer("scenarios", languages.uses)
topics.USES.offer("scenarios", topic_uses.uses)
