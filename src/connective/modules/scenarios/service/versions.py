"""Versions of a scenario: published from the draft, activated, restored, compared, kept."""

import hashlib
from typing import Any

from sqlalchemy import Row, insert, update
from sqlalchemy.dialects.postgresql import insert as upsert

from connective.engine.compiling import canonical
from connective.kit import errors, i18n
from connective.kit.context import Ctx
from connective.kit.paging import Page, PageQuery, page
from connective.modules.bots import service as bots
from connective.modules.scenarios import queries
from connective.modules.scenarios.events import ScenarioActivated, ScenarioSaved
from connective.modules.scenarios.models import published_nodes, scenario_versions, scenarios
from connective.modules.scenarios.schemas import (
    Diff,
    Publish,
    Source,
    Version,
    VersionPatch,
    VersionWithGraph,
)
from connective.modules.scenarios.service import (
    checks,
    difference,
    drafts,
    entry_points,
    retention,
    sealing,
    start_triggers,
    stored,
)
from connective.modules.scenarios.service.access import bot_for
from connective.modules.scenarios.service.shown import version_shown, version_with_graph

DRAFT = "draft"
Graph = dict[str, Any]


async def listed(ctx: Ctx, bot_id: int, asked: PageQuery) -> Page[Version]:
    """Newest first."""
    await bot_for(ctx, bot_id, "scenarios.view")
    rows = await queries.versions(ctx.db, bot_id, asked)
    total = await queries.count_versions(ctx.db, bot_id) if asked.count else None
    return page([version_shown(row) for row in rows], asked.limit, "number", total=total)


async def get(
    ctx: Ctx, bot_id: int, number: int, *, action: str = "scenarios.view"
) -> VersionWithGraph:
    await bot_for(ctx, bot_id, action)
    return version_with_graph(await _row(ctx, bot_id, number))


async def publish(ctx: Ctx, bot_id: int, asked: Publish) -> Version:
    """Make a version of the draft; refused with every error that the check finds."""
    action = "scenarios.activate" if asked.activate else "scenarios.edit"
    bot = await bot_for(ctx, bot_id, action)
    row = await stored.locked(ctx, bot)
    drafts.same_rev(row, asked.rev)
    await checks.refuse_errors(ctx, bot, row.draft)
    made = await _insert(ctx, row, row.draft, source="save", comment=asked.comment)
    if asked.activate:
        await _activate(ctx, row, made)
    await retention.prune(ctx, bot_id)
    return version_shown(await _row(ctx, bot_id, made.number))


async def activate(ctx: Ctx, bot_id: int, number: int) -> Version:
    """Clients meet this version from their next message on."""
    bot = await bot_for(ctx, bot_id, "scenarios.activate")
    row = await stored.locked(ctx, bot)
    version = await _row(ctx, bot_id, number)
    await checks.refuse_errors(ctx, bot, version.graph)
    if not version.active:
        await _activate(ctx, row, version)
    return version_shown(await _row(ctx, bot_id, number))


async def restore(ctx: Ctx, bot_id: int, number: int, *, confirm: bool = False) -> Version:
    """A new active version with the graph of an old one; the draft becomes it, too.

    A draft that no version holds is kept as an inactive version before. 409 while someone else
    publishes, and when there is nothing to restore.
    """
    bot = await bot_for(ctx, bot_id, "scenarios.activate")
    row = await stored.locked(ctx, bot, wait=False)
    old = await _row(ctx, bot_id, number)
    active = await queries.active_version(ctx.db, bot_id)
    draft_hash = hash_of(row.draft)
    if active is not None and active.sha256 == old.sha256 == draft_hash:
        raise errors.Conflict("already_current", number=number)
    await checks.refuse_errors(ctx, bot, old.graph, but=checks.GONE_OUTSIDE if confirm else ())
    if await queries.graph_of(ctx.db, bot_id, draft_hash) is None and not _untouched(row):
        comment = i18n.text(bot.languages[0], "scenarios.draft_kept", number=number)
        await _insert(ctx, row, row.draft, source="draft", comment=comment)
    made = await _insert(ctx, row, old.graph, source="restore", restored_from=number)
    await _activate(ctx, row, made)
    await drafts.write(ctx, bot_id, old.graph)
    await retention.prune(ctx, bot_id)
    return version_shown(await _row(ctx, bot_id, made.number))


async def describe(ctx: Ctx, bot_id: int, number: int, patch: VersionPatch) -> Version:
    """Change a version's comment or pin; its graph never changes."""
    await bot_for(ctx, bot_id, "scenarios.edit")
    before = await _row(ctx, bot_id, number)
    values = {k: v for k, v in patch.model_dump(exclude_unset=True).items() if v is not None}
    if values:
        here = scenario_versions.c.id == before.id
        await ctx.db.execute(update(scenario_versions).where(here).values(values))
        old = {name: getattr(before, name) for name in values}
        ctx.audit("scenario.described", "scenario_version", f"{bot_id}/{number}", old, values)
    return version_shown(await _row(ctx, bot_id, number))


async def compare(ctx: Ctx, bot_id: int, left: str, right: str) -> Diff:
    """What makes the right side out of the left; each is a number or `draft`."""
    bot = await bot_for(ctx, bot_id, "scenarios.view")

    async def side(name: str) -> Graph:
        if name == DRAFT:
            return await stored.stored_graph(ctx, bot)
        graph: Graph = (await _row(ctx, bot_id, int(name))).graph
        return graph

    graphs = [sealing.comparable(await side(name)) for name in (left, right)]
    return difference.diff(*graphs)


async def _row(ctx: Ctx, bot_id: int, number: int) -> Row[Any]:
    row = await queries.version(ctx.db, bot_id, number)
    if row is None:
        raise errors.NotFound("not_found")
    return row


def hash_of(graph: Graph) -> str:
    return hashlib.sha256(canonical(graph)).hexdigest()


def _untouched(row: Row[Any]) -> bool:
    """Whether the draft is still the one that every new bot has."""
    return bool(row.draft_rev == 1)


async def _insert(
    ctx: Ctx,
    row: Row[Any],
    graph: Graph,
    *,
    source: Source,
    comment: str = "",
    restored_from: int | None = None,
) -> Row[Any]:
    raised = update(scenarios).where(scenarios.c.bot_id == row.bot_id)
    counted = raised.values(last_number=scenarios.c.last_number + 1)
    number = (await ctx.db.execute(counted.returning(scenarios.c.last_number))).scalar_one()
    values = {
        "bot_id": row.bot_id,
        "number": number,
        "created_at": ctx.now,
        "author_id": ctx.actor.id if ctx.actor.kind == "user" else None,
        "author": ctx.actor.name,
        "comment": comment,
        "graph": graph,
        "sha256": hash_of(graph),
        "source": source,
        "restored_from": restored_from,
    }
    added = insert(scenario_versions).values(values).returning(scenario_versions)
    made: Row[Any] = (await ctx.db.execute(added)).one()
    told = ScenarioSaved(number, ctx.actor.name, comment, source)
    ctx.emit("scenario.saved", told, bot_id=row.bot_id)
    ctx.audit("scenario.saved", "scenario", row.bot_id, after={"number": number, "source": source})
    return made


async def _activate(ctx: Ctx, row: Row[Any], version: Row[Any]) -> None:
    bot_id = row.bot_id
    if row.active_version_id is not None:
        old = scenario_versions.c.id == row.active_version_id
        await ctx.db.execute(update(scenario_versions).where(old).values(retired_at=ctx.now))
    this = update(scenario_versions).where(scenario_versions.c.id == version.id)
    await ctx.db.execute(this.values(retired_at=None))
    here = update(scenarios).where(scenarios.c.bot_id == bot_id)
    await ctx.db.execute(here.values(active_version_id=version.id))
    await _remember_nodes(ctx, bot_id, version.graph)
    await entry_points.sync(ctx, bot_id, version.graph)
    await start_triggers.sync(ctx, await bots.find(ctx, bot_id), version.graph)
    told = ScenarioActivated(version.number, version.id, version.sha256)
    ctx.emit("scenario.activated", told, bot_id=bot_id)
    ctx.audit("scenario.activated", "scenario", bot_id, after={"number": version.number})


async def _remember_nodes(ctx: Ctx, bot_id: int, graph: Graph) -> None:
    rows = [{"bot_id": bot_id, "node_id": n["id"], "type": n["type"]} for n in graph["nodes"]]
    if rows:
        await ctx.db.execute(upsert(published_nodes).values(rows).on_conflict_do_nothing())
