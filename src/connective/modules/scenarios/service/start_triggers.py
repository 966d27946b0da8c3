"""What starts a scenario by itself: events and timetables of the version that is active."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import Row, delete, insert, update

from connective.contracts.event import TRIGGERING
from connective.engine.findings import Finding
from connective.kit.context import Ctx
from connective.modules.bots.schemas import Bot
from connective.modules.scenarios import queries
from connective.modules.scenarios.models import start_triggers
from connective.modules.scenarios.service import timetable

TYPES = ("event", "cron")
# A moment missed by more is passed over: what was due at night is not said in the morning.
MOST_LATE = timedelta(minutes=15)
ANY_DUE = queries.ANY_TIMETABLE_DUE


class Due(msgspec.Struct, frozen=True):
    """A moment of a timetable has come; `missed`: too long ago."""

    bot_id: int
    alias: str
    at: datetime
    missed: bool


class Listening(msgspec.Struct, frozen=True):
    """A scenario that an event may start."""

    bot_id: int
    kind: str
    alias: str
    conditions: list[Any]
    timezone: str


def issues(graph: dict[str, Any]) -> Iterator[Finding]:
    """Timetables that cannot be read, and events that start nothing."""
    for place, node_id, trigger in _of(graph):
        value = trigger.get("value")
        code, params = None, {"value": str(value)[: timetable.LONGEST]}
        if trigger["type"] == "cron" and value and not timetable.is_timetable(value):
            code = "bad_cron"
        elif trigger["type"] == "event" and value and value not in TRIGGERING:
            code, params = "unknown_event", params | {"known": ", ".join(sorted(TRIGGERING))}
        if code is not None:
            path = f"{place}.value"
            yield Finding(code=code, message_params=params, node_id=node_id, path=path)


def _of(graph: dict[str, Any]) -> Iterator[tuple[str, int, dict[str, Any]]]:
    """(path, node, trigger) of the events and timetables of Start."""
    for index, node in enumerate(graph["nodes"]):
        if node["type"] != "start":
            continue
        for number, trigger in enumerate(node.get("data", {}).get("triggers", [])):
            if trigger["type"] in TYPES:
                yield f"nodes[{index}].data.triggers[{number}]", node["id"], trigger


async def sync(ctx: Ctx, bot: Bot, graph: dict[str, Any]) -> None:
    """Make the rows follow the version that becomes active; a known timetable keeps its plan."""
    before = {
        (row.value, row.alias): (row.next_at, row.planned_at)
        for row in await queries.start_triggers_of(ctx.db, bot.id)
        if row.type == "cron" and row.timezone == bot.timezone
    }
    await ctx.db.execute(delete(start_triggers).where(start_triggers.c.bot_id == bot.id))
    rows: list[dict[str, Any]] = []
    for number, (_, _, trigger) in enumerate(_of(graph)):
        value, alias = trigger["value"], trigger.get("alias", "")
        row = {
            "bot_id": bot.id,
            "number": number,
            "type": trigger["type"],
            "value": value,
            "alias": alias,
            "conditions": trigger.get("conditions", []),
            "timezone": None,
            "next_at": None,
            "planned_at": None,
        }
        if trigger["type"] == "cron":
            anew = (timetable.following(value, bot.timezone, ctx.now), ctx.now)
            row["next_at"], row["planned_at"] = before.get((value, alias), anew)
            row["timezone"] = bot.timezone
        rows.append(row)
    if rows:
        await ctx.db.execute(insert(start_triggers).values(rows))


async def take_due(ctx: Ctx, limit: int) -> list[Due]:
    """Timetables whose moment has come, each planned on from now: what was missed comes once."""
    rows = await queries.due_timetables(ctx.db, ctx.now, limit)
    return [due for row in rows if (due := await _plan_on(ctx, row)) is not None]


async def _plan_on(ctx: Ctx, row: Row[Any]) -> Due | None:
    this = update(start_triggers).where(
        start_triggers.c.bot_id == row.bot_id, start_triggers.c.number == row.number
    )
    next_at = timetable.following(row.value, row.zone, ctx.now)
    await ctx.db.execute(this.values(next_at=next_at, timezone=row.zone, planned_at=ctx.now))
    if row.next_at > ctx.now or not row.active:
        return None
    missed = ctx.now - row.next_at > MOST_LATE
    return Due(bot_id=row.bot_id, alias=row.alias, at=row.next_at, missed=missed)


async def listening(ctx: Ctx, bot_ids: Sequence[int], kinds: Sequence[str]) -> list[Listening]:
    """Scenarios of active bots that listen to events of these kinds, in their order."""
    rows = await queries.listening(ctx.db, bot_ids, kinds)
    return [
        Listening(row.bot_id, row.value, row.alias, row.conditions, row.timezone) for row in rows
    ]
