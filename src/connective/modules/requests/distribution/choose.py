"""Who gets a request: a pure choice, with its rule and the reason for everyone who does not."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, Final, Literal

from msgspec import Struct, field

Method = Literal["by_default", "by_number", "by_last_assigned", "round_robin"]
_NEVER = datetime.min.replace(tzinfo=UTC)

# Why a request waits.
NO_SKILL_GROUP: Final = "no_skill_group"
NOBODY_ONLINE: Final = "nobody_online"
ALL_AT_LIMIT: Final = "all_at_limit"
QUOTA: Final = "quota"  # also why an operator does not get it

# Why an operator does not get it.
NO_SKILL: Final = "no_skill"
NOT_RECEIVING: Final = "not_receiving"
NOT_CONNECTED: Final = "not_connected"
PAUSED: Final = "paused"
AT_LIMIT: Final = "at_limit"
AT_CHANNEL_LIMIT: Final = "at_channel_limit"
JUST_TAKEN_FROM: Final = "just_taken_from"
OLDER_WAITS: Final = "older_waits"
_AWAY: Final = {NOT_RECEIVING, NOT_CONNECTED, PAUSED}


class Wanted(Struct, frozen=True, kw_only=True):
    """A request that needs an operator. Empty `group_ids`: everybody serves it.

    `preferred_id` is who had this client last, when that counts.
    """

    id: int
    bot_id: int
    channel: str
    subject_id: int | None = None
    group_ids: frozenset[int] = frozenset()
    taken_from_id: int | None = None
    preferred_id: int | None = None


class Candidate(Struct, frozen=True, kw_only=True):
    """An operator. Empty `bot_ids` or `topic_ids` mean all; a channel without a limit has none.

    `quota` is how many clients of the day are the most, `touched` how many he has had.
    """

    user_id: int
    can_receive: bool = True
    connected: bool = True
    paused: bool = False
    limit: int = 5
    channel_limits: dict[str, int] = field(default_factory=dict)
    quota: int | None = None
    touched: int = 0
    active: int = 0
    in_channel: dict[str, int] = field(default_factory=dict)
    group_ids: frozenset[int] = frozenset()
    bot_ids: frozenset[int] = frozenset()
    topic_ids: frozenset[int] = frozenset()
    last_assigned_at: datetime | None = None
    last_closed_at: datetime | None = None


class Choice(Struct, frozen=True):
    """`chosen_id` with the `rule` that decided, or `reason` why it waits.

    `reasons` tells of every candidate why he could not have it; None: he could.
    """

    chosen_id: int | None
    rule: str | None
    reason: str | None
    reasons: dict[int, str | None]


def choose(
    wanted: Wanted,
    candidates: Sequence[Candidate],
    *,
    method: Method,
    turn: int = 0,
    kept: Sequence[int] = (),
) -> Choice:
    """`turn` is who got the last one (round robin); `kept` are meant for those who wait longer."""
    reasons = {c.user_id: why_not(wanted, c) for c in candidates}
    for user_id in kept:
        reasons[user_id] = reasons.get(user_id) or OLDER_WAITS
    fit = [c for c in candidates if reasons[c.user_id] is None]
    again = wanted.taken_from_id
    if len(fit) > 1 and again in reasons and reasons[again] is None:
        reasons[again] = JUST_TAKEN_FROM
        fit = [c for c in fit if c.user_id != again]
    if not fit:
        return Choice(None, None, _waits(reasons), reasons)
    chosen, rule = _best(wanted, fit, method, turn)
    return Choice(chosen.user_id, rule, None, reasons)


def why_not(wanted: Wanted, candidate: Candidate) -> str | None:
    """The first thing that keeps the operator from the request; None when nothing does."""
    bound = candidate.channel_limits.get(wanted.channel)
    checks = (
        (NO_SKILL, not serves(wanted, candidate)),
        (NOT_RECEIVING, not candidate.can_receive),
        (NOT_CONNECTED, not candidate.connected),
        (PAUSED, candidate.paused),
        (QUOTA, used_up(candidate)),
        (AT_LIMIT, candidate.active >= candidate.limit),
        (
            AT_CHANNEL_LIMIT,
            bound is not None and candidate.in_channel.get(wanted.channel, 0) >= bound,
        ),
    )
    return next((reason for reason, holds in checks if holds), None)


def used_up(candidate: Candidate) -> bool:
    """Whether he has had as many clients today as he may."""
    return candidate.quota is not None and candidate.touched >= candidate.quota


def serves(wanted: Wanted, candidate: Candidate) -> bool:
    """Whether skill groups, bots and topics let the operator have the request at all."""
    if wanted.group_ids and wanted.group_ids.isdisjoint(candidate.group_ids):
        return False
    if candidate.bot_ids and wanted.bot_id not in candidate.bot_ids:
        return False
    return (
        not candidate.topic_ids
        or wanted.subject_id is None
        or wanted.subject_id in candidate.topic_ids
    )


def _waits(reasons: dict[int, str | None]) -> str:
    able = [reason for reason in reasons.values() if reason != NO_SKILL]
    if not able:
        return NO_SKILL_GROUP if reasons else NOBODY_ONLINE
    there = {reason for reason in able if reason not in _AWAY}
    if not there:
        return NOBODY_ONLINE
    return QUOTA if there == {QUOTA} else ALL_AT_LIMIT


_Key = tuple[str, Callable[[Candidate], Any]]
_FEWEST: _Key = ("fewest_dialogs", lambda c: c.active)
_CLOSED: _Key = ("closed_longest_ago", lambda c: c.last_closed_at or _NEVER)
_ASSIGNED: _Key = ("assigned_longest_ago", lambda c: c.last_assigned_at or _NEVER)
_LOWEST: _Key = ("lowest_id", lambda c: c.user_id)


def _best(
    wanted: Wanted, fit: Sequence[Candidate], method: Method, turn: int
) -> tuple[Candidate, str]:
    if len(fit) == 1:
        return fit[0], "only_one"
    for candidate in fit:
        if candidate.user_id == wanted.preferred_id:
            return candidate, "last_operator"
    left = list(fit)
    for rule, key in _order(method, turn):
        least = min(key(c) for c in left)
        left = [c for c in left if key(c) == least]
        if len(left) == 1:
            return left[0], rule
    raise AssertionError("ids differ")


def _order(method: Method, turn: int) -> tuple[_Key, ...]:
    if method == "by_number":
        return (_FEWEST, _LOWEST)
    if method == "by_last_assigned":
        return (_ASSIGNED, _LOWEST)
    if method == "round_robin":
        return (("next_in_turn", lambda c: (c.user_id <= turn, c.user_id)),)
    return (_FEWEST, _CLOSED, _LOWEST)
