"""When something is due in a chat, and what: pure, from its moments and the rules."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec
from msgspec import Struct

from connective.modules.requests import ownership
from connective.modules.requests.timers.schemas import OperatorTimer, TimerOverride, TimerRules

WARN: Final = "warn"
CLIENT: Final = "client"
OPERATOR: Final = "operator"
CONNECTION: Final = "connection"
NOTHING: Final = "none"
WAKE: Final = "wake"
_LEADS: Final = ("open", "in_progress")


class Facts(Struct, frozen=True, kw_only=True):
    """What of a chat decides what is due. `source` holds the minutes that its node asked for."""

    state: str
    channel: str
    subject_id: int | None = None
    group_ids: frozenset[int] = frozenset()
    is_group: bool = False
    unread: int = 0
    created_at: datetime
    queued_at: datetime | None = None
    assigned_at: datetime | None = None
    last_client_at: datetime | None = None
    last_reply_at: datetime | None = None
    source: Mapping[str, Any] = {}


class Due(Struct, frozen=True):
    at: datetime
    what: str


def facts_of(row: Any, chat_id: str) -> Facts:
    """Of a request or its row; groups have a negative number among Telegram's chats."""
    return Facts(
        state=row.state,
        channel=row.channel,
        subject_id=row.subject_id,
        group_ids=frozenset(row.group_ids),
        is_group=chat_id.startswith("-"),
        unread=row.unread,
        created_at=row.created_at,
        queued_at=row.queued_at,
        assigned_at=row.assigned_at,
        last_client_at=row.last_client_at,
        last_reply_at=row.last_reply_at,
        source=row.source,
    )


def due_for(facts: Facts, rules: TimerRules, now: datetime) -> Due | None:
    """The next thing that is due; what is past already is due at once, but for a warning."""
    line = timeline(facts, rules)
    ahead = [due for due in line if due.at > now]
    return ahead[0] if ahead else line[-1] if line else None


def timeline(facts: Facts, rules: TimerRules) -> list[Due]:
    """Everything that is due while nobody says or does anything, in order."""
    if facts.state in ownership.WAITS:
        minutes = facts.source.get("connection_timeout_min")
        since = facts.queued_at or facts.created_at
        return [Due(_later(since, minutes), CONNECTION)] if minutes else []
    if facts.state not in _LEADS:
        return []
    rules = for_chat(facts, rules)
    return _waiting_for_operator(facts, rules) if _unanswered(facts) else _silent(facts, rules)


def for_chat(facts: Facts, rules: TimerRules) -> TimerRules:
    """The rules with the overrides that concern the chat: channel, then group, then topic."""
    for concerns in (
        lambda o: o.channel is not None and o.channel == facts.channel,
        lambda o: o.group_id is not None and o.group_id in facts.group_ids,
        lambda o: o.topic_id is not None and o.topic_id == facts.subject_id,
    ):
        for override in filter(concerns, rules.overrides):
            rules = _overridden(rules, override)
    return rules


def _overridden(rules: TimerRules, other: TimerOverride) -> TimerRules:
    names = ("use", "minutes", "action", "warn_minutes_before", "operator")
    given = {n: getattr(other, n) for n in names if getattr(other, n) is not None}
    return msgspec.structs.replace(rules, **given)


def _unanswered(facts: Facts) -> bool:
    """Whether the next word is the operator's; a message that nobody has read waits for him."""
    if facts.unread > 0 or facts.last_reply_at is None:
        return True
    return facts.last_client_at is not None and facts.last_client_at > facts.last_reply_at


def _waiting_for_operator(facts: Facts, rules: TimerRules) -> list[Due]:
    timer = rules.operator if rules.use else None
    asked = facts.source.get("operator_timeout_min")
    if asked:
        timer = OperatorTimer(asked, timer.action if timer else "notify_operator")
    if timer is None:
        return []
    since = _latest(facts.last_client_at, facts.assigned_at, facts.created_at)
    return [Due(_later(since, timer.minutes), OPERATOR)]


def _silent(facts: Facts, rules: TimerRules) -> list[Due]:
    if facts.is_group and rules.infinite_group_chats:
        return []
    minutes = facts.source.get("client_timeout_min") or (rules.minutes if rules.use else None)
    if not minutes:
        return []
    since = _latest(facts.last_client_at, facts.last_reply_at, facts.assigned_at)
    line = [Due(_later(since, minutes), CLIENT)]
    before = rules.warn_minutes_before
    if before is not None and before < minutes:
        line.insert(0, Due(_later(since, minutes - before), WARN))
    return line


def _later(since: datetime, minutes: int) -> datetime:
    return since + timedelta(minutes=minutes)


def _latest(*moments: datetime | None) -> datetime:
    return max(moment for moment in moments if moment is not None)
