"""What a choice is made from, read from the tables."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import msgspec

from connective.kit.context import Ctx
from connective.modules.operators import service as operators
from connective.modules.operators.schemas import Worker
from connective.modules.requests.distribution import queries
from connective.modules.requests.distribution.choose import Candidate, Wanted
from connective.modules.requests.distribution.schemas import DistributionRules


async def candidates(ctx: Ctx, user_ids: Sequence[int] | None = None) -> dict[int, Candidate]:
    """Operators as they are now, by id; all of them, or these."""
    people = await operators.workers(ctx, user_ids)
    loads = await queries.loads(ctx.db, user_ids)
    return {who.user_id: _candidate(who, loads.get(who.user_id, {})) for who in people}


def _candidate(who: Worker, in_channel: dict[str, int]) -> Candidate:
    return Candidate(
        user_id=who.user_id,
        can_receive=who.can_receive,
        connected=who.connected,
        paused=who.paused,
        limit=who.limit,
        channel_limits=who.channel_limits,
        quota=who.quota,
        touched=who.touched,
        active=who.active,
        in_channel=in_channel,
        group_ids=who.group_ids,
        bot_ids=who.bot_ids,
        topic_ids=who.topic_ids,
        last_assigned_at=who.last_assigned_at,
        last_closed_at=who.last_closed_at,
    )


def wanted(row: Any, preferred_id: int | None = None) -> Wanted:
    """A request, or its row, as the choice sees it."""
    return Wanted(
        id=row.id,
        bot_id=row.bot_id,
        channel=row.channel,
        subject_id=row.subject_id,
        group_ids=frozenset(row.group_ids),
        taken_from_id=row.taken_from_id,
        preferred_id=preferred_id,
    )


async def preferred(
    ctx: Ctx, rules: DistributionRules, client_ids: Sequence[int]
) -> dict[int, int]:
    """Who had these clients last, by client; nobody unless the rules ask for it."""
    if not rules.prefer_last_days or not client_ids:
        return {}
    since = ctx.now - timedelta(days=rules.prefer_last_days)
    return await queries.last_operators(ctx.db, sorted(set(client_ids)), since=since)


def with_one_more(candidate: Candidate, channel: str, ctx: Ctx) -> Candidate:
    """The operator after he got a chat."""
    in_channel = {**candidate.in_channel, channel: candidate.in_channel.get(channel, 0) + 1}
    return msgspec.structs.replace(
        candidate, active=candidate.active + 1, in_channel=in_channel, last_assigned_at=ctx.now
    )
