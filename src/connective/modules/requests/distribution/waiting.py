"""The queue as supervisors see it, and what a client is told of his place in it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.kit.http.reply import moment
from connective.kit.paging import PageQuery, page
from connective.modules.requests.distribution import facts, queries
from connective.modules.requests.distribution.choose import Candidate, Wanted, serves, used_up
from connective.modules.requests.distribution.schemas import Queue, QueueRow, TopicWait
from connective.modules.requests.schemas.shown import Named

LEARNT_FROM = timedelta(days=1)


async def queue(ctx: Ctx, asked: PageQuery) -> Queue:
    """Cards and rows: what waits as far as the actor sees it, in the order of service."""
    rows = await queries.queue(ctx.db, ctx.actor, asked)
    totals = await queries.queue_totals(ctx.db, ctx.actor)
    usual = await queries.usual_waits(ctx.db, since=ctx.now - LEARNT_FROM)
    people = [c for c in (await facts.candidates(ctx)).values() if _there(c)]
    cut = page(list(rows), asked.limit, "position")
    count = sum(row.waiting for row in totals)
    spent = sum(row.waiting * ctx.now.timestamp() - float(row.since_sum) for row in totals)
    return Queue(
        in_queue=count,
        longest_since=moment(min((row.since for row in totals), default=None)),
        average_wait_s=round(spent / count) if count else None,
        operators_able=sum(c.active < c.limit and not used_up(c) for c in people),
        topics=[_topic(row, usual) for row in totals],
        items=_rows(ctx.now, cut.items, people),
        next_cursor=cut.next_cursor,
    )


def _there(candidate: Candidate) -> bool:
    return candidate.can_receive and candidate.connected and not candidate.paused


def _topic(row: AnyRow, usual: dict[int | None, float]) -> TopicWait:
    return TopicWait(
        subject=_subject(row),
        waiting=row.waiting,
        expected_wait_s=_expected(row.subject_id, usual),
    )


def _expected(subject_id: int | None, usual: dict[int | None, float]) -> int | None:
    """As long as it took lately for the topic, else over all of them."""
    if subject_id in usual:
        return round(usual[subject_id])
    return round(sum(usual.values()) / len(usual)) if usual else None


def _subject(row: AnyRow) -> Named | None:
    if row.subject_id is None:
        return None
    return Named(id=row.subject_id, name=row.topic_name, color=row.topic_color)


def _rows(now: datetime, rows: Sequence[Any], people: Sequence[Candidate]) -> list[QueueRow]:
    matching: dict[Wanted, int] = {}
    found = []
    for row in rows:
        kind = Wanted(
            id=0,
            bot_id=row.bot_id,
            channel="",
            subject_id=row.subject_id,
            group_ids=frozenset(row.group_ids),
        )
        if kind not in matching:
            matching[kind] = sum(serves(kind, candidate) for candidate in people)
        found.append(_row(now, row, matching[kind]))
    return found


def _row(now: datetime, row: Any, matching: int) -> QueueRow:
    full = f"{row.first_name} {row.last_name}".strip()
    name = row.display_name or full or row.username or row.client_phone or row.chat_id
    return QueueRow(
        position=row.position,
        id=row.id,
        rev=row.rev,
        client_name=name,
        channel=row.channel,
        bot_id=row.bot_id,
        subject=_subject(row),
        weight=row.weight,
        queued_at=moment(row.queued_at),
        waited_s=max(int((now - row.queued_at).total_seconds()), 0),
        matching_online=matching,
        reason=row.waits_because,
    )


async def place_of(ctx: Ctx, row: Any) -> int:
    """The place of a request in the queue, from 1; it need not be stored yet."""
    queued_at = row.queued_at or ctx.now
    return await queries.place_of(ctx.db, weight=row.weight, queued_at=queued_at, request_id=row.id)


async def expected_wait_s(ctx: Ctx, subject_id: int | None) -> int | None:
    """How long requests of the topic waited lately; None when there were none."""
    usual = await queries.usual_waits(ctx.db, since=ctx.now - LEARNT_FROM)
    return _expected(subject_id, usual)
