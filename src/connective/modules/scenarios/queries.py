"""Reads of scenarios."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import Row, Select, Text, func, or_, select
from sqlalchemy import cast as as_type
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit import auth_policy
from connective.kit.auth_policy import Actor
from connective.kit.paging import PageQuery
from connective.modules.bots.models import bots
from connective.modules.scenarios.models import (
    entry_points,
    published_nodes,
    scenario_versions,
    scenarios,
    start_triggers,
)

# A plan from so far in the future was made by a clock that was wrong.
WRONG_CLOCK = timedelta(days=1)
ANY_TIMETABLE_DUE = """
SELECT true FROM start_triggers t JOIN bots b ON b.id = t.bot_id
WHERE t.type = 'cron'
  AND (t.next_at <= $1 OR t.timezone <> b.timezone OR t.planned_at > $1 + interval '1 day') LIMIT 1
"""
_WITHOUT_GRAPH = [column for column in scenario_versions.c if column.name != "graph"]
_ACTIVE = (scenarios.c.active_version_id == scenario_versions.c.id).is_(True).label("active")
_WITH_SCENARIO = scenario_versions.outerjoin(
    scenarios, scenarios.c.active_version_id == scenario_versions.c.id
)


async def scenario(db: AsyncConnection, bot_id: int) -> Row[Any] | None:
    query = select(scenarios).where(scenarios.c.bot_id == bot_id)
    return (await db.execute(query)).one_or_none()


async def locked(db: AsyncConnection, bot_id: int, *, wait: bool) -> Row[Any] | None:
    """The scenario, locked; nothing when someone else holds it and we do not wait."""
    query = select(scenarios).where(scenarios.c.bot_id == bot_id)
    return (await db.execute(query.with_for_update(skip_locked=not wait))).one_or_none()


async def version(db: AsyncConnection, bot_id: int, number: int) -> Row[Any] | None:
    """A version with its graph."""
    query = select(scenario_versions, _ACTIVE).select_from(_WITH_SCENARIO)
    query = query.where(scenario_versions.c.bot_id == bot_id, scenario_versions.c.number == number)
    return await _one(db, query)


async def active_version(db: AsyncConnection, bot_id: int) -> Row[Any] | None:
    """The active version with its graph."""
    query = select(scenario_versions, _ACTIVE).select_from(
        scenario_versions.join(scenarios, scenarios.c.active_version_id == scenario_versions.c.id)
    )
    return await _one(db, query.where(scenarios.c.bot_id == bot_id))


async def graphs_with(db: AsyncConnection, word: str) -> Sequence[Any]:
    """Drafts and active graphs of bots in use that hold this text between quotes."""
    drafts, active = as_type(scenarios.c.draft, Text), as_type(scenario_versions.c.graph, Text)
    quoted = f'"{word}"'
    query = (
        select(bots.c.id, bots.c.name, scenarios.c.draft, scenario_versions.c.graph)
        .select_from(
            scenarios.join(bots, bots.c.id == scenarios.c.bot_id).outerjoin(
                scenario_versions, scenario_versions.c.id == scenarios.c.active_version_id
            )
        )
        .where(
            bots.c.archived_at.is_(None),
            or_(drafts.contains(quoted, autoescape=True), active.contains(quoted, autoescape=True)),
        )
        .order_by(bots.c.name, bots.c.id)
    )
    return (await db.execute(query)).all()


async def _one(db: AsyncConnection, query: Select[Any]) -> Row[Any] | None:
    return cast("Row[Any] | None", (await db.execute(query)).one_or_none())


async def graph_of(db: AsyncConnection, bot_id: int, sha256: str) -> dict[str, Any] | None:
    """The graph of any version with this hash."""
    query = select(scenario_versions.c.graph).where(
        scenario_versions.c.bot_id == bot_id, scenario_versions.c.sha256 == sha256
    )
    found: dict[str, Any] | None = (await db.execute(query.limit(1))).scalar_one_or_none()
    return found


async def version_name(db: AsyncConnection, version_id: int) -> Row[Any] | None:
    """Bot and hash of a version."""
    query = select(scenario_versions.c.bot_id, scenario_versions.c.sha256)
    return await _one(db, query.where(scenario_versions.c.id == version_id))


async def versions(db: AsyncConnection, bot_id: int, page: PageQuery) -> Sequence[Any]:
    """Versions without graphs, newest first, one more than the page holds."""
    query = select(*_WITHOUT_GRAPH, _ACTIVE).select_from(_WITH_SCENARIO)
    query = query.where(scenario_versions.c.bot_id == bot_id)
    after = page.after(int)
    if after is not None:
        query = query.where(scenario_versions.c.number < after[0])
    ordered = query.order_by(scenario_versions.c.number.desc()).limit(page.limit + 1)
    return (await db.execute(ordered)).all()


async def count_versions(db: AsyncConnection, bot_id: int) -> int:
    query = select(func.count()).where(scenario_versions.c.bot_id == bot_id)
    return int((await db.execute(query)).scalar_one())


async def node_types(db: AsyncConnection, bot_id: int) -> dict[int, str]:
    """What every node id was published as."""
    query = select(published_nodes.c.node_id, published_nodes.c.type).where(
        published_nodes.c.bot_id == bot_id
    )
    return {row.node_id: row.type for row in await db.execute(query)}


async def entry_points_of(db: AsyncConnection, bot_id: int) -> Sequence[Row[Any]]:
    query = select(entry_points).where(entry_points.c.bot_id == bot_id)
    return (await db.execute(query.order_by(entry_points.c.node_id))).all()


async def offered(db: AsyncConnection, actor: Actor, action: str) -> Sequence[Row[Any]]:
    """Entry points offered to AI agents, of active bots, where the actor may do the action."""
    query = (
        select(entry_points, bots.c.name.label("bot_name"))
        .join(bots, bots.c.id == entry_points.c.bot_id)
        .where(
            entry_points.c.agent.is_not(None),
            entry_points.c.published,
            entry_points.c.enabled,
            bots.c.active,
            bots.c.archived_at.is_(None),
            auth_policy.predicate(actor, action, entry_points),
        )
        .order_by(entry_points.c.bot_id, entry_points.c.node_id)
    )
    return (await db.execute(query)).all()


async def entry_point(
    db: AsyncConnection, bot_id: int, node_id: int, *, lock: bool = False
) -> Row[Any] | None:
    query = select(entry_points).where(
        entry_points.c.bot_id == bot_id, entry_points.c.node_id == node_id
    )
    return (await db.execute(query.with_for_update() if lock else query)).one_or_none()


async def entry_point_by_alias(db: AsyncConnection, bot_id: int, alias: str) -> Row[Any] | None:
    """The published entry point of an alias."""
    query = select(entry_points).where(
        entry_points.c.bot_id == bot_id,
        entry_points.c.alias == alias,
        entry_points.c.published,
    )
    return (await db.execute(query)).one_or_none()


async def aliases(db: AsyncConnection, bot_id: int) -> list[str]:
    """Where the bot's active version can be entered by name."""
    query = select(entry_points.c.alias).where(
        entry_points.c.bot_id == bot_id,
        entry_points.c.published,
        entry_points.c.alias.is_not(None),
    )
    return list((await db.execute(query.distinct().order_by(entry_points.c.alias))).scalars())


async def start_triggers_of(db: AsyncConnection, bot_id: int) -> Sequence[Row[Any]]:
    query = select(start_triggers).where(start_triggers.c.bot_id == bot_id).with_for_update()
    return (await db.execute(query)).all()


async def due_timetables(db: AsyncConnection, now: datetime, limit: int) -> Sequence[Row[Any]]:
    """Timetables to plan on, locked: due, of another time zone now, or planned by a wrong clock."""
    own = start_triggers
    query = (
        select(own, bots.c.timezone.label("zone"), bots.c.active)
        .join(bots, bots.c.id == own.c.bot_id)
        .where(
            own.c.type == "cron",
            or_(
                own.c.next_at <= now,
                own.c.timezone != bots.c.timezone,
                own.c.planned_at > now + WRONG_CLOCK,
            ),
        )
        .order_by(own.c.bot_id, own.c.number)
        .limit(limit)
        .with_for_update(of=own, skip_locked=True)
    )
    return (await db.execute(query)).all()


async def listening(
    db: AsyncConnection, bot_ids: Sequence[int], kinds: Sequence[str]
) -> Sequence[Any]:
    """Event triggers of active bots."""
    own = start_triggers
    query = (
        select(own.c.bot_id, own.c.value, own.c.alias, own.c.conditions, bots.c.timezone)
        .join(bots, bots.c.id == own.c.bot_id)
        .where(
            own.c.type == "event",
            own.c.bot_id.in_(bot_ids),
            own.c.value.in_(kinds),
            bots.c.active,
        )
        .order_by(own.c.bot_id, own.c.number)
    )
    return (await db.execute(query)).all()


async def outlived(
    db: AsyncConnection, bot_id: int, *, last: int, before: datetime
) -> Sequence[int]:
    """Versions beyond the last so many: not pinned, not active, not active since `before`."""
    older = select(scenario_versions.c.number).where(scenario_versions.c.bot_id == bot_id)
    edge = older.order_by(scenario_versions.c.number.desc()).offset(last).limit(1)
    active = select(scenarios.c.active_version_id).where(scenarios.c.bot_id == bot_id)
    query = select(scenario_versions.c.id).where(
        scenario_versions.c.bot_id == bot_id,
        scenario_versions.c.number <= edge.scalar_subquery(),
        scenario_versions.c.pinned.is_(False),
        scenario_versions.c.id.is_distinct_from(active.scalar_subquery()),
        or_(scenario_versions.c.retired_at.is_(None), scenario_versions.c.retired_at < before),
    )
    return (await db.execute(query)).scalars().all()
