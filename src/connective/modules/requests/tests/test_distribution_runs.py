"""Requests find their operators: in order, once each, whatever happens at the same time."""

import asyncio
import contextlib
from typing import Any

import pytest
import pytest_asyncio

from connective.app.asgi import fill_points
from connective.kit import errors
from connective.kit.auth_policy import Actor
from connective.kit.context import Ctx, unit_of_work
from connective.kit.listeners import Follower
from connective.kit.testing.crowd import Crowd, ago
from connective.kit.testing.databases import Database
from connective.kit.testing.moving_clock import MovingClock
from connective.modules.accounts.permissions import ROLES
from connective.modules.operators import service as operators
from connective.modules.operators.schemas import (
    NewSkillGroup,
    SetStatus,
    SkillGroupPatch,
)
from connective.modules.requests import jobs, listeners, service
from connective.modules.requests.distributing import distribute
from connective.modules.requests.distribution import rules
from connective.modules.requests.distribution.schemas import DistributionRulesIn
from connective.modules.requests.service.holding import hold, save

JOB = "requests.redistribute"
ASSIGNED = """
SELECT request_id, count(*) FROM request_history WHERE type = 'assigned'
GROUP BY request_id HAVING count(*) > 1
"""


@pytest_asyncio.fixture
async def crowd(db: Database) -> Crowd:
    fill_points()
    return await Crowd.gather(db)


async def set_rules(**given: Any) -> None:
    async with unit_of_work() as ctx:
        await rules.change(ctx, DistributionRulesIn(**given))


async def tried(crowd: Crowd, result: str) -> list[dict[str, Any]]:
    return await crowd.db.fetch(
        "SELECT * FROM distribution_attempts WHERE result = $1 ORDER BY id", result
    )


def operator(user_id: int) -> Actor:
    return Actor("user", user_id, "Op", permissions=frozenset(ROLES["operator"][1]))


@pytest.mark.proves("OP-02", part="chat")
async def test_four_requests_go_to_the_two_who_have_room_in_turn(crowd: Crowd) -> None:
    a = await crowd.operator("a", limit=3, active=3)
    b = await crowd.operator("b", limit=3, active=1, last_closed_at=ago(minutes=1))
    c = await crowd.operator("c", limit=3, active=1, last_closed_at=ago(hours=1))
    ids = await crowd.requests(4)

    assert await distribute() == 4
    assert list((await crowd.holders(ids)).values()) == [c, b, c, b]
    kept = await tried(crowd, "distributed")
    assert [(row["request_id"], row["chosen_id"]) for row in kept] == list(
        zip(ids, [c, b, c, b], strict=True)
    )
    assert [row["rule"] for row in kept] == [
        "closed_longest_ago",
        "fewest_dialogs",
        "closed_longest_ago",
        "only_one",
    ]
    assert f'"at_limit": [{a}]' in kept[0]["candidates"]
    assert await crowd.loads() == {a: (3, 3), b: (3, 3), c: (3, 3)}


@pytest.mark.proves("OP-02", part="chat")
async def test_nobody_is_given_twice_while_distributors_and_takers_run_at_once(
    crowd: Crowd,
) -> None:
    people = [await crowd.operator(f"o{n}", limit=8) for n in range(4)]
    ids = await crowd.requests(25)

    async def taker(user_id: int, wanted: list[int]) -> None:
        for request_id in wanted:
            # taken, given to somebody else, out of sight by now, or more than he may have
            with contextlib.suppress(errors.Conflict, errors.NotFound):
                async with unit_of_work(operator(user_id)) as ctx:
                    await service.take(ctx, request_id)

    await asyncio.gather(
        distribute(),
        distribute(),
        taker(people[0], ids[::3]),
        taker(people[1], ids[::-3]),
    )
    await distribute()
    holders = await crowd.holders(ids)
    assert None not in holders.values()
    assert await crowd.db.fetch(ASSIGNED) == []
    assert all(counted == has <= 8 for counted, has in (await crowd.loads()).values())


@pytest.mark.proves("OP-02", part="invariants")
async def test_the_first_in_line_is_served_first_and_nobody_free_stands_beside_a_request(
    crowd: Crowd,
) -> None:
    skilled = await crowd.operator("skilled", limit=2, group_ids=[5])
    plain = await crowd.operator("plain", limit=2)
    late = await crowd.requests(2, at=ago(minutes=1))
    heavy = await crowd.requests(1, weight=10)
    early = await crowd.requests(2, at=ago(minutes=5))
    theirs = await crowd.requests(2, at=ago(minutes=9), group_ids=[5])

    assert await distribute() == 4
    holders = await crowd.holders([*heavy, *theirs, *early, *late])
    assert [holders[i] for i in theirs] == [skilled, None]
    assert [i for i, who in holders.items() if who == plain] == [*early]
    assert [i for i, who in holders.items() if who == skilled] == sorted([*heavy, theirs[0]])
    waits = await crowd.db.fetch("SELECT id, waits_because FROM requests WHERE state = 'queue'")
    assert {row["waits_because"] for row in waits} == {"all_at_limit"}


@pytest.mark.proves("OP-25", part="reasons")
async def test_a_try_that_fails_is_kept_once_until_its_reason_changes(
    crowd: Crowd, moving_clock: MovingClock
) -> None:
    (request_id,) = await crowd.requests(1, group_ids=[7])
    await crowd.operator("unskilled")
    assert [await distribute() for _ in range(3)] == [0, 0, 0]
    (kept,) = await tried(crowd, "skipped")
    assert (kept["reason"], kept["anomaly"]) == ("no_skill_group", True)
    him = await crowd.operator("away", group_ids=[7], seen_at=ago(seconds=60))
    await distribute()
    assert [r["reason"] for r in await tried(crowd, "skipped")] == [
        "no_skill_group",
        "nobody_online",
    ]

    async with unit_of_work() as ctx:
        assert await operators.seen(ctx, [him]) == [him]
    assert await distribute() == 1
    assert await crowd.holders([request_id]) == {request_id: him}
    assert await crowd.db.value("SELECT waits_because FROM requests") is None


@pytest.mark.proves("OP-02", part="bad input")
async def test_who_is_away_paused_or_full_gets_nothing(crowd: Crowd) -> None:
    await crowd.operator("zero", limit=0)
    await crowd.operator("paused", paused=True)
    await crowd.operator("break", status="on_break")
    await crowd.operator("lost", seen_at=ago(seconds=61))
    await crowd.operator("other bot", bot_ids=[crowd.bot_id + 1])
    await crowd.operator("channel", channel_limits='{"custom_channel": 0}')
    ids = await crowd.requests(2)
    assert await distribute() == 0
    assert set((await crowd.holders(ids)).values()) == {None}
    (kept, _) = await tried(crowd, "skipped")
    found = kept["candidates"]
    for reason in ("at_limit", "paused", "not_receiving", "not_connected", "no_skill"):
        assert f'"{reason}": [' in found
    assert '"at_channel_limit": [' in found


async def test_a_channel_limit_holds_while_many_are_given(crowd: Crowd) -> None:
    him = await crowd.operator("one", limit=9, channel_limits='{"custom_channel": 2}')
    await crowd.requests(5)
    assert await distribute() == 2
    assert (await crowd.loads())[him] == (2, 2)


@pytest.mark.proves("OP-02", part="methods")
async def test_round_robin_goes_on_where_it_stopped(crowd: Crowd) -> None:
    people = [await crowd.operator(f"o{n}") for n in range(3)]
    await set_rules(method="round_robin")
    first = await crowd.requests(2)
    await distribute()
    second = await crowd.requests(2)
    await distribute()
    given = await crowd.holders([*first, *second])
    assert list(given.values()) == [*people, people[0]]


@pytest.mark.proves("OP-02", part="preferred operator")
async def test_a_client_comes_back_to_his_last_operator(crowd: Crowd) -> None:
    await crowd.operator("idle")
    him = await crowd.operator("known", active=2)
    (old,) = await crowd.requests(1, state="closed", assignee_id=him)
    (new,) = await crowd.requests(1)
    await crowd.db.execute("UPDATE requests SET closed_at = $2 WHERE id = $1", old, ago(days=2))
    await crowd.db.execute("UPDATE requests SET client_id = $2 WHERE id = $1", new, old)
    await set_rules(prefer_last_days=3)
    await distribute()
    assert (await crowd.holders([new]))[new] == him
    (kept,) = await tried(crowd, "distributed")
    assert kept["rule"] == "last_operator"


@pytest.mark.proves("OP-02", part="acceptance")
async def test_what_is_not_answered_in_time_goes_to_the_next(
    crowd: Crowd, moving_clock: MovingClock
) -> None:
    first = await crowd.operator("first")
    second = await crowd.operator("second", active=3)
    (new,) = await crowd.requests(1)
    await distribute()
    assert (await crowd.holders([new]))[new] == first
    moving_clock.advance(31)
    async with unit_of_work() as ctx:
        await operators.seen(ctx, [first, second])
    await distribute()
    assert (await crowd.holders([new]))[new] == first  # off by default

    await set_rules(accept_timeout_s=30)
    await distribute()
    assert (await crowd.holders([new]))[new] == second
    lines = await crowd.db.fetch(
        "SELECT type, text FROM request_history WHERE request_id = $1 ORDER BY id", new
    )
    assert ("unassigned", "not_accepted") in [(row["type"], row["text"]) for row in lines]
    assert await crowd.loads() == {first: (0, 0), second: (4, 4)}


async def test_a_request_that_cannot_be_given_keeps_nobody_behind_it_waiting(
    crowd: Crowd,
) -> None:
    him = await crowd.operator("one")
    broken, sound = await crowd.requests(2)
    await crowd.db.execute("UPDATE dialogs SET owner = 'nobody' WHERE id = $1", broken)
    await crowd.db.execute("UPDATE dialogs SET waiting = 'nothing' WHERE id = $1", broken)
    assert await distribute() == 1
    assert await crowd.holders([broken, sound]) == {broken: None, sound: him}


@pytest.mark.proves("OP-15", part="keep or redistribute")
async def test_whoever_leaves_hands_his_chats_to_others(crowd: Crowd) -> None:
    him = await crowd.operator("him", active=3)
    other = await crowd.operator("other")
    offline = await crowd.db.value("SELECT id FROM operator_statuses WHERE alias = 'offline'")
    async with unit_of_work(operator(him)) as ctx:
        await operators.set_own_status(ctx, SetStatus(status_id=offline))
    await follow("requests.leaving")
    assert (await crowd.loads())[him] == (3, 3)

    async with unit_of_work(operator(him)) as ctx:
        given = SetStatus(status_id=offline, open_chats="redistribute")
        await operators.set_own_status(ctx, given)
    await follow("requests.leaving")
    assert await crowd.db.value("SELECT count(*) FROM pgqueuer WHERE entrypoint = $1", JOB) == 1
    async with unit_of_work() as ctx:
        await jobs.redistribute(ctx, him)
    await distribute()
    assert await crowd.loads() == {him: (0, 0), other: (3, 3)}
    async with unit_of_work() as ctx:
        assert await service.redistribute(ctx, him) == 0


async def follow(name: str) -> None:
    """Let a listener read everything that was said."""
    (listener,) = (one for one in listeners.LISTENERS if one.name == name)
    follower = Follower(listener)
    while (batch := await follower.step()) is not None and (batch.more or batch.waits):
        pass


@pytest.mark.proves("OP-25", part="skill groups")
async def test_requests_follow_the_skill_groups_of_their_topic(crowd: Crowd) -> None:
    topic = await crowd.db.value(
        "INSERT INTO topics (name, alias, created_at) VALUES ('T', 't', now()) RETURNING id"
    )
    unskilled = await crowd.operator("unskilled", limit=0)
    skilled = await crowd.operator("skilled")
    async with unit_of_work() as ctx:
        new = NewSkillGroup(name="G", topic_ids=[topic], member_ids=[unskilled])
        group = await operators.create_group(ctx, new)
    ids = await crowd.requests(2, subject_id=topic)
    closed = await crowd.requests(1, subject_id=topic, state="closed")
    await follow("requests.skills")
    await distribute()
    assert await crowd.db.fetch("SELECT group_ids, waits_because FROM requests ORDER BY id") == [
        {"group_ids": [group.id], "waits_because": "all_at_limit"},
        {"group_ids": [group.id], "waits_because": "all_at_limit"},
        {"group_ids": [], "waits_because": None},
    ]
    async with unit_of_work() as ctx:
        await operators.change_group(ctx, group.id, SkillGroupPatch(member_ids=[skilled]))
    await distribute()
    assert set((await crowd.holders(ids)).values()) == {skilled}
    async with unit_of_work() as ctx:
        await operators.delete_group(ctx, group.id)
    await follow("requests.skills")
    assert await crowd.db.value("SELECT max(cardinality(group_ids)) FROM requests") == 0
    assert closed


@pytest.mark.proves("OP-03", part="chat")
async def test_a_newcomer_gets_a_free_operator_at_once_but_overtakes_nobody(crowd: Crowd) -> None:
    async def now(request_id: int) -> bool:
        async with unit_of_work() as ctx:
            return await _assigned(ctx, request_id)

    first, second, third = await crowd.requests(3, state="new")
    assert not await now(first)
    him = await crowd.operator("one", limit=2)
    assert await now(first)
    await crowd.requests(1, weight=-5)
    assert await now(second)  # the one in the queue is of less weight
    await crowd.db.execute("UPDATE operators SET dialog_limit = 3")
    await crowd.requests(1)
    assert not await now(third)
    assert await distribute() == 1
    assert (await crowd.loads())[him] == (3, 3)


async def _assigned(ctx: Ctx, request_id: int) -> bool:
    chat = await hold(ctx, request_id, action=None)
    given = await service.assign_now(ctx, chat)
    await save(ctx, chat)
    return given


@pytest.mark.proves("OP-03", part="chat")
async def test_newcomers_at_the_same_time_never_fill_a_place_twice(crowd: Crowd) -> None:
    await crowd.operator("one", limit=2)
    await crowd.operator("two", limit=2)
    ids = await crowd.requests(5, state="new")

    async def one(request_id: int) -> bool:
        async with unit_of_work() as ctx:
            return await _assigned(ctx, request_id)

    given = await asyncio.gather(*(one(request_id) for request_id in ids))
    assert sum(given) == 4
    assert all(loads == (2, 2) for loads in (await crowd.loads()).values())
