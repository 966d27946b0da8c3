"""Looks into the delivery log, sends again, cancels; writes what the senders then act on."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Update, update

from connective.kit import auth_policy, errors
from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.kit.http.reply import moment
from connective.kit.outbox.again import by_hand
from connective.kit.outbox.models import deliveries, lanes
from connective.kit.paging import Page, PageQuery
from connective.modules.integrations.deliveries import queries
from connective.modules.integrations.deliveries.queries import OPEN, Asked
from connective.modules.integrations.deliveries.schemas import (
    Attempt,
    Delivery,
    DeliveryAccepted,
    DeliveryDetail,
    Replay,
    Replayed,
)

TIMES = ("created_at", "next_at", "done_at")


async def listed(ctx: Ctx, asked_page: PageQuery, asked: Asked) -> Page[Delivery]:
    """Deliveries that the actor sees, the newest first.

    What is rare among a million is found in several pages: see `scanning`.
    """
    through = queries.scan(asked_page, asked)
    rows = await queries.listed(ctx.db, ctx.actor, asked_page, asked, through)
    total = await queries.count(ctx.db, ctx.actor, asked) if asked_page.count else None
    cut = await through.page(ctx.db, rows, asked_page, total=total)
    return Page([Delivery(**_fields(row, Delivery)) for row in cut.items], cut.next_cursor, total)


async def get(ctx: Ctx, name: str) -> DeliveryDetail:
    """One delivery with its body and every try."""
    row = auth_policy.find(ctx.actor, "deliveries.view", await queries.by_id(ctx.db, name))
    fields = _fields(row, DeliveryDetail) | {
        "body": row.body.decode("utf-8", "replace"),
        "attempts": msgspec.convert(row.log, list[Attempt]),
    }
    return DeliveryDetail(**fields)


async def retry(ctx: Ctx, name: str) -> DeliveryAccepted:
    """Try now. One that is done is sent again; one that waits as head does not wait longer."""
    row = await _locked(ctx, name)
    if row.status in OPEN and not row.parked and row.sequence is not None:
        await _hasten_head(ctx, row)
    else:
        await _write(ctx, row.id, by_hand(ctx.now))
    ctx.audit("delivery.retried", "delivery", name, None, {"status": row.status})
    return DeliveryAccepted(name, "retrying" if row.status not in OPEN else row.status)


async def _hasten_head(ctx: Ctx, row: AnyRow) -> None:
    """Only the head may be hastened: what stands behind it keeps its turn."""
    head = await queries.lane_head(ctx.db, row.endpoint_id, row.lane)
    if row.sequence != head:
        raise errors.Conflict("delivery_waits_its_turn", sequence=row.sequence, head=head)
    await _write(ctx, row.id, {"manual": True, "next_at": ctx.now if row.next_at else None})
    await ctx.db.execute(_lane(row).values(next_at=ctx.now))


def _lane(row: AnyRow) -> Update:
    return update(lanes).where(lanes.c.endpoint_id == row.endpoint_id, lanes.c.lane == row.lane)


async def cancel(ctx: Ctx, name: str) -> DeliveryAccepted:
    """Do not send it any more; its lane goes on behind it."""
    row = await _locked(ctx, name)
    if row.status not in OPEN:
        raise errors.Conflict("delivery_done", status=row.status)
    await _write(ctx, row.id, _cancelled(ctx))
    if row.sequence is not None and not row.parked:
        await ctx.db.execute(_lane(row).where(lanes.c.head == row.sequence).values(next_at=ctx.now))
    ctx.audit("delivery.cancelled", "delivery", name, {"status": row.status}, None)
    return DeliveryAccepted(name, "cancelled")


async def replay(ctx: Ctx, asked: Replay) -> Replayed:
    """Send done ones again: same id, same bytes, in their order, by a fresh schedule.

    Two replays of the same at the same time send once: the second finds them on their way.
    """
    auth_policy.allow(ctx.actor, "deliveries.retry")
    endpoint_id = asked.endpoint_id
    if endpoint_id and not await queries.is_endpoint(ctx.db, ctx.actor, endpoint_id):
        raise errors.NotFound("not_found")
    again = (
        update(deliveries)
        .where(
            auth_policy.predicate(ctx.actor, "deliveries.retry", deliveries),
            deliveries.c.status.in_(asked.statuses),
            deliveries.c.sequence.is_not(None),
            *_chosen(asked),
        )
        .values(status="retrying", parked=True, manual=True, step=0, next_at=ctx.now)
    )
    count = (await ctx.db.execute(again)).rowcount
    told = asked.model_dump(mode="json", exclude_none=True) | {"replayed": count}
    ctx.audit("delivery.replayed", "endpoint", asked.endpoint_id or "", None, told)
    ctx.wakes("outbox")
    return Replayed(count)


def _chosen(asked: Replay) -> list[ColumnElement[bool]]:
    if asked.ids is not None:
        return [deliveries.c.id.in_(asked.ids)]
    chosen = [
        deliveries.c.endpoint_id == asked.endpoint_id,
        deliveries.c.created_at >= asked.since,
    ]
    if asked.until is not None:
        chosen.append(deliveries.c.created_at < asked.until)
    return chosen


async def cancel_open(
    ctx: Ctx, endpoint_id: int, *, outside: tuple[datetime | None, datetime | None] | None = None
) -> None:
    """Cancel what waits for an endpoint: all, or what was made outside a period.

    What is tried only once (typing) is cancelled in any case: its moment has passed.
    """
    late: ColumnElement[bool] = deliveries.c.sequence.is_(None)
    if outside is None:
        late = deliveries.c.id.is_not(None)
    else:
        since, until = outside
        if since is not None:
            late |= deliveries.c.created_at < since
        if until is not None:
            late |= deliveries.c.created_at >= until
    waiting = [deliveries.c.endpoint_id == endpoint_id, deliveries.c.status.in_(OPEN)]
    await ctx.db.execute(update(deliveries).where(*waiting, late).values(**_cancelled(ctx)))


async def hasten(ctx: Ctx, endpoint_id: int) -> None:
    """Let the lanes of an endpoint go on now instead of at the time of their next retry."""
    mine = lanes.c.endpoint_id == endpoint_id
    await ctx.db.execute(
        update(lanes).where(mine, lanes.c.next_at.is_not(None)).values(next_at=ctx.now)
    )
    heads = [
        deliveries.c.endpoint_id == endpoint_id,
        deliveries.c.status == "retrying",
        deliveries.c.next_at > ctx.now,
    ]
    await ctx.db.execute(update(deliveries).where(*heads).values(next_at=ctx.now))
    ctx.wakes("outbox")


def _cancelled(ctx: Ctx) -> dict[str, Any]:
    return {"status": "cancelled", "next_at": None, "done_at": ctx.now}


async def _locked(ctx: Ctx, name: str) -> AnyRow:
    found = await queries.locked(ctx.db, name)
    row: AnyRow = auth_policy.find(ctx.actor, "deliveries.retry", found)
    return row


async def _write(ctx: Ctx, name: str, values: dict[str, Any]) -> None:
    await ctx.db.execute(update(deliveries).where(deliveries.c.id == name).values(values))
    ctx.wakes("outbox")


def _fields(row: AnyRow, kind: type[msgspec.Struct]) -> dict[str, Any]:
    names = [name for name in kind.__struct_fields__ if hasattr(row, name)]
    fields = {name: getattr(row, name) for name in names}
    return fields | {name: moment(fields[name]) for name in TIMES}
