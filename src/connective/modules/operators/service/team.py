"""The people who answer: who does what now, their limits, their statuses."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, update

from connective.kit import auth_policy, errors
from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.kit.http.reply import moment
from connective.kit.paging import Page, PageQuery, page
from connective.kit.plugins import Point
from connective.modules.files import service as files
from connective.modules.operators import queries
from connective.modules.operators.events import OperatorChanged, OperatorStatusChanged
from connective.modules.operators.models import operator_intervals, operators
from connective.modules.operators.schemas import (
    GroupName,
    Interval,
    Operator,
    OperatorPatch,
    OwnStatus,
    QuotaRules,
    SetStatus,
    Status,
    Work,
    Worker,
)
from connective.modules.operators.service import bounds, groups, loads, quotas, statuses
from connective.modules.operators.service.presence import connected

CLEARED = ("limit_today", "touch_quota")  # null takes these away
TIMES = ("from_at", "counted_from", "overstayed_at", "to_at")

# What operators have to do, by user; offered by the feature that has the requests.
WORK: Point[Callable[[Ctx, Sequence[int]], Awaitable[dict[int, Work]]]] = Point()


async def team(ctx: Ctx) -> list[Operator]:
    """Operators that the actor sees, with what they do now."""
    return await _shown(ctx, await queries.team(ctx.db, ctx.actor))


async def get_operator(ctx: Ctx, user_id: int, *, action: str = "operators.view") -> Operator:
    return (await _shown(ctx, [await _found(ctx, user_id, action)]))[0]


async def change_operator(ctx: Ctx, user_id: int, patch: OperatorPatch) -> Operator:
    """Change limits, the quota, the pause, the name that clients see, the groups."""
    before = await _found(ctx, user_id, "operators.edit")
    named = patch.model_dump(exclude_unset=True)
    given = {k: v for k, v in named.items() if v is not None or k in CLEARED}
    group_ids = given.pop("group_ids", None)
    fields = sorted(name for name, value in given.items() if value != getattr(before, name))
    if group_ids is not None:
        fields += await groups.set_groups(ctx, user_id, group_ids)
    if given:
        await loads.hold(ctx, [user_id])
        mine = operators.c.user_id == user_id
        until = _until(ctx, before, given)
        await ctx.db.execute(update(operators).where(mine).values(**given | until))
        old = {name: getattr(before, name) for name in given}
        ctx.audit("operator.changed", "operator", user_id, old, given)
    if fields:
        ctx.emit("operator.updated", OperatorChanged(user_id, fields))
        ctx.wakes("distribution")
    return await get_operator(ctx, user_id)


def _until(ctx: Ctx, before: AnyRow, given: dict[str, Any]) -> dict[str, Any]:
    """Until when a limit of today holds."""
    if "limit_today" not in given:
        return {}
    lasts = given["limit_today"] is not None
    return {"limit_until": bounds.end_of_day(ctx.now, before.timezone) if lasts else None}


async def own_status(ctx: Ctx) -> OwnStatus:
    """The status of whoever asks; 403 for those who do not answer clients."""
    row = await _own(ctx)
    found = await statuses.list_statuses(ctx)
    return OwnStatus(
        status=next(status for status in found if status.id == row.status_id),
        since=moment(row.status_since),
        paused=row.paused,
        active=row.active,
        limit=bounds.limit(row, ctx.now),
        touched=bounds.touched(row, ctx.now),
        quota=bounds.quota(row, await quotas.rules(ctx)),
        statuses=found,
    )


async def set_own_status(ctx: Ctx, given: SetStatus) -> OwnStatus:
    """Choose another status; doing so is a sign of life."""
    row = await _own(ctx)
    await _set(ctx, row.user_id, given, {"seen_at": ctx.now})
    return await own_status(ctx)


async def set_status(ctx: Ctx, user_id: int, given: SetStatus) -> Operator:
    """Choose a status for somebody else."""
    await _found(ctx, user_id, "operators.status")
    await _set(ctx, user_id, given, {})
    return await get_operator(ctx, user_id)


async def leave_idle(ctx: Ctx, user_id: int) -> None:
    """Set the status of those who are gone for somebody, unless he has come back."""
    await loads.hold(ctx, [user_id])
    for row in await queries.gone(ctx.db, ctx.now, user_id=user_id):
        await _set(ctx, user_id, SetStatus(status_id=row.status_id), {})


async def intervals(ctx: Ctx, user_id: int, asked: PageQuery) -> Page[Interval]:
    """In which statuses somebody was, the newest first."""
    await _found(ctx, user_id, "operators.view")
    rows = await queries.intervals(ctx.db, user_id, asked)
    cut = page(list(rows), asked.limit, "id")
    items = [
        Interval(
            id=row.id,
            status_id=row.status_id,
            status=statuses.name_of(row, ctx.actor.language),
            **{name: moment(getattr(row, name)) for name in TIMES},
            set_by=row.set_by,
            set_by_name=f"{row.first_name or ''} {row.last_name or ''}".strip(),
            auto=row.auto,
        )
        for row in cut.items
    ]
    return Page(items, cut.next_cursor)


async def workers(ctx: Ctx, user_ids: Sequence[int] | None = None) -> list[Worker]:
    """What decides who may get a request, by rising user id."""
    rules = await quotas.rules(ctx)
    return [_worker(row, rules, ctx.now) for row in await queries.workers(ctx.db, user_ids)]


async def _set(ctx: Ctx, user_id: int, given: SetStatus, more: dict[str, Any]) -> None:
    status = await statuses.usable_status(ctx, given.status_id)
    await loads.hold(ctx, [user_id])
    before = await queries.held(ctx.db, user_id)
    changes = before.status_id != status.id
    values = more | ({"status_id": status.id, "status_since": ctx.now} if changes else {})
    if values:
        mine = operators.c.user_id == user_id
        await ctx.db.execute(update(operators).where(mine).values(**values))
    if changes:
        waits = status.count_after_closed and before.active > 0
        await _log(ctx, user_id, status.id, counted_from=None if waits else ctx.now)
        ctx.audit(
            "operator.status",
            "operator",
            user_id,
            {"status": before.alias},
            {"status": status.alias},
        )
    if changes or given.open_chats == "redistribute":
        ctx.emit(
            "operator.status_changed",
            OperatorStatusChanged(
                user_id=user_id,
                status_id=status.id,
                status=status.alias if status.is_system else status.name,
                can_receive=status.can_receive,
                was_id=before.status_id,
                set_by=_other(ctx, user_id),
                open_chats=given.open_chats,
            ),
        )
    ctx.wakes("distribution")


async def _log(ctx: Ctx, user_id: int, status_id: int, *, counted_from: datetime | None) -> None:
    log = operator_intervals
    open_one = update(log).where(log.c.user_id == user_id, log.c.to_at.is_(None))
    await ctx.db.execute(open_one.values(to_at=ctx.now))
    begun = {
        "user_id": user_id,
        "status_id": status_id,
        "from_at": ctx.now,
        "counted_from": counted_from,
        "set_by": _other(ctx, user_id),
        "auto": ctx.actor.kind == "system",
    }
    await ctx.db.execute(insert(log).values(**begun))


def _other(ctx: Ctx, user_id: int) -> int | None:
    return ctx.actor.id if ctx.actor.kind == "user" and ctx.actor.id != user_id else None


async def _found(ctx: Ctx, user_id: int, action: str) -> AnyRow:
    auth_policy.allow(ctx.actor, action)
    rows = await queries.team(ctx.db, ctx.actor, user_id=user_id, action=action)
    if not rows:
        raise errors.NotFound("not_found")
    return rows[0]


async def _own(ctx: Ctx) -> AnyRow:
    row = None
    if ctx.actor.kind == "user" and ctx.actor.id is not None:
        row = await queries.operator(ctx.db, ctx.actor.id)
    if row is None:
        raise errors.Forbidden("operators_only")
    return row


async def _shown(ctx: Ctx, rows: Sequence[AnyRow]) -> list[Operator]:
    ids = [row.user_id for row in rows]
    work: dict[int, Work] = {}
    for counted in WORK if ids else ():
        work |= await counted(ctx, ids)
    named = {status.id: status for status in await statuses.list_statuses(ctx)}
    held = {row.id: GroupName(row.id, row.name) for row in await queries.groups(ctx.db)}
    rules = await quotas.rules(ctx)
    return [
        _out(ctx, row, named[row.status_id], work.get(row.user_id, Work()), held, rules)
        for row in rows
    ]


def _out(
    ctx: Ctx,
    row: AnyRow,
    status: Status,
    work: Work,
    held: dict[int, GroupName],
    rules: QuotaRules,
) -> Operator:
    limited = bool(ctx.actor.bot_ids or ctx.actor.topic_ids)
    seen = connected(row.seen_at, ctx.now)
    return Operator(
        user_id=row.user_id,
        name=f"{row.first_name} {row.last_name}".strip(),
        picture=row.picture and files.lasting(row.picture, files.PICTURE),
        public_name=row.public_name,
        role=row.role,
        status=status,
        status_since=moment(row.status_since),
        counted_since=moment(row.counted_since),
        presence=_presence(row, status, ctx.now),
        connected=seen,
        seen_at=moment(row.seen_at),
        paused=row.paused,
        dialog_limit=row.dialog_limit,
        limit=bounds.limit(row, ctx.now),
        limit_today=row.limit_today,
        limit_until=moment(row.limit_until),
        channel_limits=row.channel_limits or {},
        touch_quota=row.touch_quota,
        quota=bounds.quota(row, rules),
        touched=bounds.touched(row, ctx.now),
        agent=row.agent if seen and auth_policy.holds(ctx.actor, "operators.edit") else None,
        active=sum(work.by_channel.values()) if limited else row.active,
        active_by_channel=work.by_channel,
        unanswered=work.unanswered,
        waiting_since=moment(work.waiting_since),
        last_assigned_at=moment(row.last_assigned_at),
        last_closed_at=moment(row.last_closed_at),
        groups=[held[i] for i in row.group_ids if i in held],
    )


def _presence(row: AnyRow, status: Status, now: datetime) -> str:
    if status.kind == "offline":
        return "offline"
    if not connected(row.seen_at, now):
        return "lost"
    if not status.can_receive:
        return "away"
    if row.paused:
        return "paused"
    return "busy" if row.active >= bounds.limit(row, now) else "online"


def _worker(row: AnyRow, rules: QuotaRules, now: datetime) -> Worker:
    return Worker(
        user_id=row.user_id,
        name=f"{row.first_name} {row.last_name}".strip(),
        can_receive=row.can_receive,
        connected=connected(row.seen_at, now),
        paused=row.paused,
        limit=bounds.limit(row, now),
        channel_limits=row.channel_limits or {},
        quota=bounds.quota(row, rules) if rules.hard else None,
        touched=bounds.touched(row, now),
        active=row.active,
        group_ids=frozenset(row.group_ids),
        bot_ids=frozenset(row.bot_ids),
        topic_ids=frozenset(row.topic_ids),
        last_assigned_at=row.last_assigned_at,
        last_closed_at=row.last_closed_at,
    )
