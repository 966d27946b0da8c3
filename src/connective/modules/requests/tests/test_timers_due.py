"""When a timer is due: pure."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connective.modules.requests.timers.due import Due, Facts, due_for, timeline
from connective.modules.requests.timers.schemas import OperatorTimer, TimerOverride, TimerRules

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
RULES = TimerRules(use=True, minutes=10, operator=OperatorTimer(5))
pytestmark = pytest.mark.proves("SE-17", part="due times")


def at(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


def chat(**facts: Any) -> Facts:
    given = {"state": "in_progress", "channel": "viber", "created_at": NOW, "assigned_at": NOW}
    return Facts(**{**given, **facts})


def told(facts: Facts, rules: TimerRules = RULES) -> list[tuple[float, str]]:
    return [((due.at - NOW).total_seconds() / 60, due.what) for due in timeline(facts, rules)]


def test_after_an_answer_the_client_is_waited_for_else_the_operator() -> None:
    assert told(chat(last_client_at=at(1), last_reply_at=at(2))) == [(12, "client")]
    assert told(chat(last_client_at=at(3), last_reply_at=at(2))) == [(8, "operator")]
    assert told(chat()) == [(5, "operator")]
    assert told(chat(last_client_at=at(1), last_reply_at=at(2), unread=1)) == [(6, "operator")]


def test_who_got_the_chat_later_has_his_time_from_then() -> None:
    assert told(chat(last_client_at=at(1), assigned_at=at(4))) == [(9, "operator")]


def test_a_warning_comes_before_the_end() -> None:
    rules = TimerRules(use=True, minutes=10, warn_minutes_before=3)
    facts = chat(last_reply_at=at(0))
    assert told(facts, rules) == [(7, "warn"), (10, "client")]
    assert due_for(facts, rules, at(0)) == Due(at(7), "warn")
    assert due_for(facts, rules, at(8)) == Due(at(10), "client")
    assert due_for(facts, rules, at(99)) == Due(at(10), "client")


def test_nothing_is_due_without_timers_in_a_pause_and_in_an_infinite_group() -> None:
    assert told(chat(last_reply_at=at(0)), TimerRules()) == []
    for state in ("on_pause", "resolved", "closed", "new", "queue"):
        assert told(chat(state=state)) == []
    infinite = TimerRules(use=True, infinite_group_chats=True, operator=OperatorTimer(5))
    assert told(chat(last_reply_at=at(0), is_group=True), infinite) == []
    assert told(chat(is_group=True), infinite) == [(5, "operator")]


def test_the_node_of_the_scenario_knows_better_than_the_rules() -> None:
    source = {"client_timeout_min": 2, "operator_timeout_min": 1, "connection_timeout_min": 7}
    assert told(chat(last_reply_at=at(0), source=source), TimerRules()) == [(2, "client")]
    assert told(chat(source=source), RULES) == [(1, "operator")]
    assert told(chat(state="queue", queued_at=at(1), source=source)) == [(8, "connection")]


def test_a_topic_overrides_a_group_and_a_group_a_channel() -> None:
    overrides = [
        TimerOverride(topic_id=1, minutes=1),
        TimerOverride(group_id=2, minutes=2, use=True),
        TimerOverride(channel="viber", minutes=3, use=False),
    ]
    rules = TimerRules(use=True, minutes=10, overrides=overrides)
    spoken = {"last_reply_at": at(0)}
    groups = frozenset({2})
    assert told(chat(**spoken, channel="telegram"), rules) == [(10, "client")]
    assert told(chat(**spoken), rules) == []
    assert told(chat(**spoken, group_ids=groups), rules) == [(2, "client")]
    assert told(chat(**spoken, group_ids=groups, subject_id=1), rules) == [(1, "client")]


moments = st.none() | st.integers(0, 50).map(at)


@given(
    st.sampled_from(["new", "queue", "open", "in_progress", "on_pause", "resolved", "closed"]),
    st.integers(0, 2),
    moments,
    moments,
    moments,
)
def test_a_chat_with_an_unread_message_is_never_due_to_end(
    state: str, unread: int, client: Any, reply: Any, assigned: Any
) -> None:
    facts = chat(
        state=state,
        unread=unread,
        last_client_at=client,
        last_reply_at=reply,
        assigned_at=assigned,
    )
    line = timeline(facts, RULES)
    assert [due.at for due in line] == sorted(due.at for due in line)
    if unread:
        assert "client" not in [due.what for due in line]
