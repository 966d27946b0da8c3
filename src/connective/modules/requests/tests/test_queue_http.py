"""The queue, the tries and the rules of distribution over HTTP, with the loops running."""

import asyncio
from typing import Any

import pytest
import pytest_asyncio

from connective.kit import clock
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.crowd import Crowd, ago
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person, sign_in
from connective.kit.testing.polling import polled

QUEUE, TRIES, RULES = (
    f"/api/v1/{name}" for name in ("queue", "distribution/attempts", "settings/op/distribution")
)
MINE = "/api/v1/operators/me/status"


@pytest_asyncio.fixture
async def crowd(db: Database, app: AppClient) -> Crowd:
    return await Crowd.gather(db)


async def online(person: Person) -> None:
    found = (await person.client.get("/api/v1/operator-statuses")).json["items"]
    (status_id,) = (status["id"] for status in found if status["alias"] == "online")
    answer = await person.client.put(MINE, {"status_id": status_id})
    assert answer.status == 200, answer.text


async def holder(crowd: Crowd, request_id: int) -> int | None:
    return (await crowd.holders([request_id]))[request_id]


async def becomes(crowd: Crowd, request_id: int, user_id: int) -> None:
    async def has() -> bool:
        return await holder(crowd, request_id) == user_id

    async with asyncio.timeout(20):
        await polled(has)


async def queue_of(person: Person) -> dict[str, Any]:
    answer = await person.client.get(QUEUE)
    assert answer.status == 200, answer.text
    found: dict[str, Any] = answer.json
    return found


async def waits_because(person: Person, reason: str) -> dict[str, Any]:
    """The queue, once its first request knows that it waits for this reason."""
    found: dict[str, Any] = {}

    async def said() -> bool:
        found.update(await queue_of(person))
        return bool(found["items"]) and found["items"][0]["reason"] == reason

    async with asyncio.timeout(20):
        await polled(said)
    return found


@pytest.mark.proves("OP-03", part="queue")
async def test_a_request_waits_until_an_operator_comes_online(
    db: Database, app: AppClient, admin: Person, crowd: Crowd
) -> None:
    operator = await sign_in(db, app, "operator")
    (request_id,) = await crowd.requests(1)
    found = await waits_because(admin, "nobody_online")
    assert (found["in_queue"], found["operators_able"]) == (1, 0)
    await online(operator)
    await becomes(crowd, request_id, operator.id)
    assert (await queue_of(admin))["items"] == []
    (last, first) = (await admin.client.get(TRIES)).json["items"]
    assert (first["result"], first["reason"]) == ("skipped", "nobody_online")
    assert (last["result"], last["chosen_id"]) == ("distributed", operator.id)
    mine = [c for c in last["candidates"] if c["operator_id"] == operator.id]
    assert mine == [{"operator_id": operator.id, "name": "Operator Tester", "reason": None}]
    for query, count in (
        (f"?request_id={request_id}", 2),
        (f"?operator_id={operator.id}", 1),
        ("?result=skipped", 1),
        ("?request_id=1", 0),
    ):
        assert len((await admin.client.get(f"{TRIES}{query}")).json["items"]) == count


@pytest.mark.proves("OP-02", part="release")
async def test_closing_a_chat_brings_the_next_one(
    db: Database, app: AppClient, crowd: Crowd
) -> None:
    operator = await sign_in(db, app, "operator")
    await online(operator)
    await crowd.db.execute("UPDATE operators SET dialog_limit = 1")
    first, second = await crowd.requests(2)
    await becomes(crowd, first, operator.id)
    assert await holder(crowd, second) is None
    closed = await operator.client.post(f"/api/v1/requests/{first}/close", {})
    assert closed.status == 200, closed.text
    await becomes(crowd, second, operator.id)


@pytest.mark.proves("OP-19", part="topic")
@pytest.mark.proves("OP-25", part="skill groups")
async def test_a_topic_of_a_group_without_people_waits_until_another_topic_or_people_come(
    db: Database, app: AppClient, admin: Person, crowd: Crowd
) -> None:
    a, b = [await sign_in(db, app, "operator", first_name=name) for name in ("A", "B")]
    topics, groups = [], []
    for name, members in (("Empty", []), ("Bees", [b.id])):
        topic = (await admin.client.post("/api/v1/topics", {"name": name})).json["id"]
        body = {"name": name, "topic_ids": [topic], "member_ids": members}
        topics.append(topic)
        groups.append((await admin.client.post("/api/v1/skill-groups", body)).json["id"])
    await online(a)
    await online(b)
    first, second = await crowd.requests(2, subject_id=topics[0], group_ids=[groups[0]])
    await waits_because(admin, "no_skill_group")
    moved = await admin.client.patch(f"/api/v1/requests/{first}", {"subject_id": topics[1]})
    assert moved.status == 200, moved.text
    await becomes(crowd, first, b.id)
    log = (await admin.client.get(f"/api/v1/requests/{first}/log")).json["items"]
    assert {"topic", "assigned"} <= {line["type"] for line in log}
    path = f"/api/v1/skill-groups/{groups[0]}"
    assert (await admin.client.patch(path, {"member_ids": [a.id]})).status == 200
    await becomes(crowd, second, a.id)


@pytest.mark.proves("OP-25", part="cards and rows")
async def test_the_queue_shows_places_waits_and_who_could_help(admin: Person, crowd: Crowd) -> None:
    topic = (await admin.client.post("/api/v1/topics", {"name": "Billing"})).json["id"]
    await crowd.operator("full", limit=0)
    (late,) = await crowd.requests(1, at=ago(minutes=2), subject_id=topic)
    (early,) = await crowd.requests(1, at=ago(minutes=10), subject_id=topic)
    (heavy,) = await crowd.requests(1, weight=7)
    found = await waits_because(admin, "all_at_limit")
    assert [row["id"] for row in found["items"]] == [heavy, early, late]
    assert [row["position"] for row in found["items"]] == [1, 2, 3]
    assert found["items"][1]["subject"]["name"] == "Billing"
    assert found["items"][1]["waited_s"] >= 600
    assert found["items"][0]["matching_online"] == 1
    assert 240 <= found["average_wait_s"] < 600
    assert found["longest_since"] == found["items"][1]["queued_at"]
    assert {(t["subject"] or {}).get("name"): t["waiting"] for t in found["topics"]} == {
        "Billing": 2,
        None: 1,
    }
    page = (await admin.client.get(f"{QUEUE}?limit=2")).json
    rest = (await admin.client.get(f"{QUEUE}?limit=2&cursor={page['next_cursor']}")).json
    assert [row["id"] for row in rest["items"]] == [late]


async def test_someone_limited_sees_only_his_part_of_the_queue(
    db: Database, app: AppClient, admin: Person, crowd: Crowd
) -> None:
    group = (await admin.client.post("/api/v1/skill-groups", {"name": "G"})).json["id"]
    await crowd.requests(1, group_ids=[group])
    (free,) = await crowd.requests(1)
    supervisor = await sign_in(db, app, "supervisor")
    assert [row["id"] for row in (await queue_of(supervisor))["items"]] == [free]
    assert (await queue_of(supervisor))["in_queue"] == 1
    elsewhere = await sign_in(db, app, "administrator", bot_ids=[crowd.bot_id + 1])
    nothing = await queue_of(elsewhere)
    assert (nothing["in_queue"], nothing["items"], nothing["topics"]) == (0, [], [])
    await waits_because(admin, "nobody_online")
    assert (await elsewhere.client.get(TRIES)).json["items"] == []


@pytest.mark.proves("OP-15", part="work")
async def test_the_team_shows_what_everyone_has_as_far_as_one_may_know(
    db: Database, app: AppClient, admin: Person, crowd: Crowd
) -> None:
    him = await crowd.operator("him", active=3)
    await crowd.db.execute(
        "UPDATE requests SET last_reply_at = $1 WHERE id = (SELECT min(id) FROM requests)",
        clock.now(),
    )
    elsewhere = await sign_in(db, app, "administrator", bot_ids=[crowd.bot_id + 1])
    rows = {r["user_id"]: r for r in (await admin.client.get("/api/v1/operators")).json["items"]}
    assert (rows[him]["active"], rows[him]["unanswered"]) == (3, 2)
    assert rows[him]["active_by_channel"] == {"custom_channel": 3}
    assert rows[him]["waiting_since"] is not None
    answer = await elsewhere.client.get(f"/api/v1/operators/{him}")
    assert (answer.json["active"], answer.json["active_by_channel"]) == (0, {})


@pytest.mark.proves("OP-03", part="settings")
async def test_the_rules_are_changed_by_whoever_may(
    db: Database, app: AppClient, admin: Person
) -> None:
    operator = await sign_in(db, app, "operator")
    for path in (QUEUE, TRIES, RULES):
        assert (await app.get(path)).status == 401
        assert (await operator.client.get(path)).status == 403
    assert (await operator.client.put(RULES, {})).status == 403
    before = await admin.client.get(RULES)
    assert (before.json["auto_connect"], before.json["method"]) == (False, "by_default")
    tag = {"If-Match": before.headers["ETag"]}
    changed = await admin.client.put(RULES, {"auto_connect": True}, headers=tag)
    assert (changed.status, changed.json["auto_connect"]) == (200, True)
    assert (await admin.client.put(RULES, {"auto_connect": False}, headers=tag)).status == 412
    for wrong, field in (
        ({"method": "by_magic"}, "method"),
        ({"prefer_last_days": -1}, "prefer_last_days"),
        ({"accept_timeout_s": "soon"}, "accept_timeout_s"),
        ({"limit": 3}, "limit"),
    ):
        refused = await admin.client.put(RULES, wrong)
        assert (refused.status, refused.json["errors"][0]["field"]) == (422, field)
