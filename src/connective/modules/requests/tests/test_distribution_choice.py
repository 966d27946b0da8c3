"""The pure choice of an operator, by examples and by property."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connective.modules.requests.distribution.choose import (
    Candidate,
    Choice,
    Method,
    Wanted,
    choose,
    why_not,
)

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
CHAT = Wanted(id=1, bot_id=1, channel="viber", subject_id=7, group_ids=frozenset({3}))
METHODS: tuple[Method, ...] = ("by_default", "by_number", "by_last_assigned", "round_robin")


def somebody(user_id: int, **changes: Any) -> Candidate:
    return Candidate(**{"user_id": user_id, "group_ids": frozenset({3}), **changes})


def chosen(*people: Candidate, method: Method = "by_default", **more: Any) -> tuple[Any, Any]:
    found = choose(more.pop("wanted", CHAT), people, method=method, **more)
    return found.chosen_id, found.rule


@pytest.mark.proves("OP-02", part="methods")
def test_by_default_the_fewest_dialogs_win_then_who_closed_longest_ago() -> None:
    early, late = NOW - timedelta(hours=1), NOW
    assert chosen(somebody(1, active=1), somebody(2)) == (2, "fewest_dialogs")
    a, b = somebody(1, last_closed_at=late), somebody(2, last_closed_at=early)
    assert chosen(a, b) == (2, "closed_longest_ago")
    assert chosen(a, b, somebody(3)) == (3, "closed_longest_ago")
    assert chosen(somebody(5), somebody(4)) == (4, "lowest_id")
    assert chosen(somebody(5)) == (5, "only_one")


@pytest.mark.proves("OP-02", part="methods")
def test_the_other_methods_look_at_one_thing_each() -> None:
    early, late = NOW - timedelta(hours=1), NOW
    a = somebody(1, active=2, last_assigned_at=early, last_closed_at=late)
    b = somebody(2, active=1, last_assigned_at=late, last_closed_at=late)
    c = somebody(3, active=1, last_assigned_at=late, last_closed_at=early)
    assert chosen(a, b, c, method="by_number") == (2, "lowest_id")
    assert chosen(a, b, c, method="by_last_assigned") == (1, "assigned_longest_ago")
    assert [chosen(a, b, c, method="round_robin", turn=t)[0] for t in (0, 1, 2, 3)] == [1, 2, 3, 1]


@pytest.mark.proves("OP-02", part="preferred operator")
def test_the_last_operator_of_the_client_is_preferred_while_he_is_free() -> None:
    wanted = Wanted(id=1, bot_id=1, channel="viber", preferred_id=2)
    assert chosen(somebody(1), somebody(2, active=4), wanted=wanted) == (2, "last_operator")
    assert chosen(somebody(1), somebody(2, active=5), wanted=wanted) == (1, "only_one")


@pytest.mark.proves("OP-02", part="candidates")
@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, None),
        ({"can_receive": False}, "not_receiving"),
        ({"connected": False}, "not_connected"),
        ({"paused": True}, "paused"),
        ({"active": 5}, "at_limit"),
        ({"limit": 0}, "at_limit"),
        ({"quota": 3, "touched": 3}, "quota"),
        ({"quota": 3, "touched": 2}, None),
        ({"touched": 99}, None),
        ({"channel_limits": {"viber": 1}, "in_channel": {"viber": 1}}, "at_channel_limit"),
        ({"channel_limits": {"viber": 0}}, "at_channel_limit"),
        ({"channel_limits": {"telegram": 0}}, None),
        ({"group_ids": frozenset({4})}, "no_skill"),
        ({"bot_ids": frozenset({2})}, "no_skill"),
        ({"topic_ids": frozenset({8})}, "no_skill"),
        ({"bot_ids": frozenset({1}), "topic_ids": frozenset({7})}, None),
    ],
)
def test_every_reason_against_an_operator(changes: dict[str, Any], reason: str | None) -> None:
    assert why_not(CHAT, somebody(1, **changes)) == reason


@pytest.mark.proves("OP-02", part="candidates")
def test_whoever_it_was_taken_from_gets_it_only_when_nobody_else_can() -> None:
    wanted = Wanted(id=1, bot_id=1, channel="viber", taken_from_id=1)
    both = choose(wanted, [somebody(1), somebody(2, active=4)], method="by_default")
    assert (both.chosen_id, both.reasons) == (2, {1: "just_taken_from", 2: None})
    assert chosen(somebody(1), somebody(2, active=5), wanted=wanted) == (1, "only_one")


@pytest.mark.proves("OP-25", part="reasons")
def test_a_request_knows_why_it_waits() -> None:
    def reason(*people: Candidate) -> str | None:
        return choose(CHAT, people, method="by_default").reason

    assert reason() == "nobody_online"
    assert reason(somebody(1, group_ids=frozenset())) == "no_skill_group"
    assert reason(somebody(1, connected=False), somebody(2, paused=True)) == "nobody_online"
    assert reason(somebody(1, active=5), somebody(2, connected=False)) == "all_at_limit"
    spent = somebody(1, quota=2, touched=2)
    assert reason(spent, somebody(2, connected=False)) == "quota"
    assert reason(spent, somebody(2, active=5)) == "all_at_limit"
    kept = choose(CHAT, [somebody(1)], method="by_default", kept=[1])
    assert (kept.reason, kept.reasons) == ("all_at_limit", {1: "older_waits"})


moments = st.none() | st.integers(0, 100).map(lambda m: NOW - timedelta(minutes=m))
groups = st.frozensets(st.integers(1, 3), max_size=2)
people = st.lists(
    st.builds(
        Candidate,
        user_id=st.integers(1, 50),
        can_receive=st.booleans(),
        connected=st.booleans(),
        paused=st.booleans(),
        limit=st.integers(0, 3),
        channel_limits=st.dictionaries(st.sampled_from(["a", "b"]), st.integers(0, 2)),
        quota=st.none() | st.integers(1, 3),
        touched=st.integers(0, 3),
        active=st.integers(0, 3),
        in_channel=st.dictionaries(st.sampled_from(["a", "b"]), st.integers(0, 2)),
        group_ids=groups,
        bot_ids=groups,
        topic_ids=groups,
        last_assigned_at=moments,
        last_closed_at=moments,
    ),
    max_size=8,
    unique_by=lambda c: c.user_id,
)
requests = st.builds(
    Wanted,
    id=st.just(1),
    bot_id=st.integers(1, 3),
    channel=st.sampled_from(["a", "b"]),
    subject_id=st.none() | st.integers(1, 3),
    group_ids=groups,
    taken_from_id=st.none() | st.integers(1, 50),
    preferred_id=st.none() | st.integers(1, 50),
)
methods = st.sampled_from(METHODS)


@pytest.mark.proves("OP-02", part="invariants")
@given(requests, people, methods, st.integers(0, 50), st.randoms())
def test_whatever_is_given_the_choice_is_right_and_the_same_in_any_order(
    wanted: Wanted, crowd: list[Candidate], method: Method, turn: int, chance: Any
) -> None:
    found = choose(wanted, crowd, method=method, turn=turn)
    fit = [c.user_id for c in crowd if why_not(wanted, c) is None]
    assert (found.chosen_id is None) == (not fit)
    assert (found.chosen_id is None) == (found.reason is not None)
    assert found.chosen_id in {*fit, None}
    assert set(found.reasons) == {c.user_id for c in crowd}
    if len(fit) > 1:
        assert found.chosen_id != wanted.taken_from_id
    shuffled = list(crowd)
    chance.shuffle(shuffled)
    again: Choice = choose(wanted, shuffled, method=method, turn=turn)
    assert (again.chosen_id, again.rule, again.reason) == (
        found.chosen_id,
        found.rule,
        found.reason,
    )


@pytest.mark.proves("OP-02", part="invariants")
@given(requests, people)
def test_by_default_nobody_who_could_have_it_has_fewer_dialogs(
    wanted: Wanted, crowd: list[Candidate]
) -> None:
    found = choose(wanted, crowd, method="by_default")
    if found.chosen_id is not None and found.rule != "last_operator":
        active = {c.user_id: c.active for c in crowd}
        others = [active[i] for i, reason in found.reasons.items() if reason is None]
        assert active[found.chosen_id] == min(others)
