"""The draft of a scenario: read, written whole, guarded by its revision."""

from typing import Any

from sqlalchemy import Row, update

from connective.kit import errors
from connective.kit.context import Ctx
from connective.kit.http.reply import moment
from connective.modules.bots.schemas import Bot
from connective.modules.scenarios import queries
from connective.modules.scenarios.models import scenarios
from connective.modules.scenarios.schemas import Draft, Saved, Scenario
from connective.modules.scenarios.service import checks, sealing, stored
from connective.modules.scenarios.service.access import bot_for
from connective.modules.scenarios.service.shown import version_shown


async def get(ctx: Ctx, bot_id: int) -> Scenario:
    """The draft and the active version; a bot that was never edited has its first draft."""
    bot = await bot_for(ctx, bot_id, "scenarios.view")
    row = await queries.scenario(ctx.db, bot_id)
    active = await queries.active_version(ctx.db, bot_id)
    return Scenario(_shown(row, bot), version_shown(active) if active is not None else None)


def _shown(row: Row[Any] | None, bot: Bot) -> Draft:
    if row is None:
        return Draft(1, stored.first_graph(bot))
    graph = sealing.masked(row.draft)
    return Draft(row.draft_rev, graph, moment(row.updated_at), row.updated_by)


def same_rev(row: Row[Any], rev: int) -> None:
    """Refuse a write that was made from another revision than the stored one."""
    if row.draft_rev != rev:
        raise errors.Conflict("stale_rev", field="rev", rev=row.draft_rev)


async def put(ctx: Ctx, bot_id: int, *, rev: int, graph: dict[str, Any]) -> Saved:
    """Replace the draft; only a wrong structure or a stale revision is refused."""
    bot = await bot_for(ctx, bot_id, "scenarios.edit")
    checks.refuse_structure(graph)
    row = await stored.locked(ctx, bot)
    same_rev(row, rev)
    sealed, refused = sealing.seal(graph, row.draft)
    if refused:
        raise errors.Invalid("scenario_structure", errors=refused)
    return Saved(await write(ctx, bot_id, sealed))


async def write(ctx: Ctx, bot_id: int, graph: dict[str, Any]) -> int:
    """Keep a graph (sealed) as the draft; gives its new revision."""
    values = {
        "draft": graph,
        "draft_rev": scenarios.c.draft_rev + 1,
        "updated_at": ctx.now,
        "updated_by": ctx.actor.name,
    }
    changed = update(scenarios).where(scenarios.c.bot_id == bot_id).values(values)
    return int((await ctx.db.execute(changed.returning(scenarios.c.draft_rev))).scalar_one())
