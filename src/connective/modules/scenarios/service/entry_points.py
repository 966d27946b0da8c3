"""Entry points: where other systems may start a scenario, and under which conditions."""

from typing import Any

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert

from connective.kit import errors
from connective.kit.context import Ctx
from connective.modules.scenarios import queries
from connective.modules.scenarios.events import EntryPointChanged
from connective.modules.scenarios.models import entry_points
from connective.modules.scenarios.schemas import EntryPoint, EntryPointPatch, Offered
from connective.modules.scenarios.service.access import bot_for
from connective.modules.scenarios.service.shown import entry_point_shown

FOLLOWING = ("name", "alias", "trigger", "published", "agent")
SWITCHES = ("require_key", "key_in_query", "allowed_methods", "enabled")


async def listed(ctx: Ctx, bot_id: int) -> list[EntryPoint]:
    """Entry points of the active version, and those of earlier ones, marked unpublished."""
    await bot_for(ctx, bot_id, "scenarios.view")
    rows = await queries.entry_points_of(ctx.db, bot_id)
    return [entry_point_shown(row, ctx.actor.language) for row in rows]


async def get(ctx: Ctx, bot_id: int, node_id: int) -> EntryPoint:
    await bot_for(ctx, bot_id, "entry_points.edit")
    row = await queries.entry_point(ctx.db, bot_id, node_id)
    if row is None:
        raise errors.NotFound("not_found")
    return entry_point_shown(row, ctx.actor.language)


async def offered(ctx: Ctx, action: str) -> list[Offered]:
    """Entry points of active bots that are offered to AI agents, where the actor may do this."""
    rows = await queries.offered(ctx.db, ctx.actor, action)
    return [
        Offered(
            bot_id=row.bot_id,
            bot_name=row.bot_name,
            node_id=row.node_id,
            title=row.name,
            name=row.agent["name"],
            description=row.agent["description"],
            parameters=row.agent["parameters"] or {},
        )
        for row in rows
    ]


async def find(ctx: Ctx, bot_id: int, *, node_id: int | None, alias: str | None) -> EntryPoint:
    """The published, enabled entry point at a node or of an alias; else 404. Checks no key."""
    if node_id is not None:
        row = await queries.entry_point(ctx.db, bot_id, node_id)
    else:
        row = await queries.entry_point_by_alias(ctx.db, bot_id, alias or "")
    by_alias = node_id is None
    callable_ = row is not None and row.published and row.enabled
    if row is None or not callable_ or not (by_alias or row.trigger == "webhook"):
        raise errors.NotFound("not_found")
    return entry_point_shown(row, ctx.actor.language)


async def change(ctx: Ctx, bot_id: int, node_id: int, patch: EntryPointPatch) -> EntryPoint:
    """Turn the switches of an entry point."""
    await bot_for(ctx, bot_id, "entry_points.edit")
    before = await queries.entry_point(ctx.db, bot_id, node_id, lock=True)
    if before is None:
        raise errors.NotFound("not_found")
    values = {k: v for k, v in patch.model_dump(exclude_unset=True).items() if v is not None}
    if "allowed_methods" in values:
        values["allowed_methods"] = sorted(set(values["allowed_methods"]))
    if not values:
        return entry_point_shown(before, ctx.actor.language)
    here = (entry_points.c.bot_id == bot_id, entry_points.c.node_id == node_id)
    changed = update(entry_points).where(*here).values(values).returning(entry_points)
    row = (await ctx.db.execute(changed)).one()
    old, new = ({name: getattr(r, name) for name in SWITCHES} for r in (before, row))
    ctx.audit("entry_point.changed", "entry_point", f"{bot_id}/{node_id}", old, new)
    ctx.emit("entry_point.changed", EntryPointChanged(node_id=node_id, **new), bot_id=bot_id)
    return entry_point_shown(row, ctx.actor.language)


async def sync(ctx: Ctx, bot_id: int, graph: dict[str, Any]) -> None:
    """Make the rows follow the version that becomes active; switches already set stay."""
    gone = update(entry_points).where(entry_points.c.bot_id == bot_id).values(published=False)
    await ctx.db.execute(gone)
    rows = [row | {"bot_id": bot_id, "published": True} for row in points_of(graph)]
    if not rows:
        return
    added = insert(entry_points).values(rows)
    follow = {name: added.excluded[name] for name in FOLLOWING}
    await ctx.db.execute(
        added.on_conflict_do_update(index_elements=["bot_id", "node_id"], set_=follow)
    )


def points_of(graph: dict[str, Any]) -> list[dict[str, Any]]:
    """Entry points of a graph: every `entry` node, and Start when a webhook triggers it."""
    found = []
    for node in sorted(graph["nodes"], key=lambda node: int(node["id"])):
        data = node.get("data", {})
        triggers = [t.get("type") for t in data.get("triggers", [])]
        if node["type"] == "entry":
            alias, trigger = data.get("alias") or None, data.get("trigger", "entry")
        elif node["type"] == "start" and "webhook" in triggers:
            alias, trigger = None, "webhook"
        else:
            continue
        row = {"node_id": node["id"], "name": node.get("name", ""), "agent": _offer(data)}
        found.append(row | {"alias": alias, "trigger": trigger})
    return found


def _offer(data: dict[str, Any]) -> dict[str, Any] | None:
    """What AI agents are told of an entry point, where they are told of it."""
    agent = data.get("agent", {})
    if not agent.get("offered"):
        return None
    return {name: agent.get(name) for name in ("name", "description", "parameters")}
