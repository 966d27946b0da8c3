"""Operators, their statuses and skill groups over HTTP."""

from typing import Any

import pytest

from connective.kit.context import unit_of_work
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.moving_clock import MovingClock
from connective.kit.testing.people import Person, sign_in
from connective.modules.operators import service

OPERATORS, STATUSES, GROUPS = (
    f"/api/v1/{name}" for name in ("operators", "operator-statuses", "skill-groups")
)
MINE = f"{OPERATORS}/me/status"


async def status_ids(client: AppClient) -> dict[str, int]:
    return {s["alias"]: s["id"] for s in (await client.get(STATUSES)).json["items"]}


async def team(client: AppClient) -> dict[int, dict[str, Any]]:
    return {row["user_id"]: row for row in (await client.get(OPERATORS)).json["items"]}


@pytest.mark.proves("OP-15", part="statuses, intervals")
async def test_a_break_is_seen_by_the_supervisor_and_logged(
    db: Database, app: AppClient, moving_clock: MovingClock
) -> None:
    operator = await sign_in(db, app, "operator", first_name="Olena")
    supervisor = await sign_in(db, app, "supervisor")
    ids = await status_ids(operator.client)
    assert (await operator.client.get(MINE)).json["status"]["alias"] == "offline"

    on = await operator.client.put(MINE, {"status_id": ids["online"]})
    assert (on.status, on.json["status"]["can_receive"]) == (200, True)
    row = (await team(supervisor.client))[operator.id]
    assert (row["presence"], row["connected"], row["name"]) == ("online", True, "Olena Tester")
    moving_clock.advance(30)
    await operator.client.put(MINE, {"status_id": ids["on_break"]})
    row = (await team(supervisor.client))[operator.id]
    assert (row["presence"], row["status"]["name"]) == ("away", "On break")
    assert row["status_since"] == "2026-05-04T09:00:30.000Z"

    log = await supervisor.client.get(f"{OPERATORS}/{operator.id}/intervals")
    assert [(i["status"], i["from_at"], i["to_at"]) for i in log.json["items"]] == [
        ("On break", "2026-05-04T09:00:30.000Z", None),
        ("Online", "2026-05-04T09:00:00.000Z", "2026-05-04T09:00:30.000Z"),
    ]
    said = await db.fetch("SELECT data FROM events WHERE kind = 'operator.status_changed'")
    assert len(said) == 2


@pytest.mark.proves("OP-15", part="connection")
async def test_without_a_sign_of_life_for_a_minute_the_connection_counts_as_lost(
    db: Database, app: AppClient, moving_clock: MovingClock
) -> None:
    operator = await sign_in(db, app, "operator")
    ids = await status_ids(operator.client)
    await operator.client.put(MINE, {"status_id": ids["online"]})
    moving_clock.advance(59)
    assert (await team(operator.client))[operator.id]["presence"] == "online"
    moving_clock.advance(1)
    assert (await team(operator.client))[operator.id]["presence"] == "lost"

    async with unit_of_work() as ctx:
        assert await service.seen(ctx, [operator.id, 999_999]) == [operator.id]
    async with unit_of_work() as ctx:
        assert await service.seen(ctx, [operator.id]) == []
    assert (await team(operator.client))[operator.id]["presence"] == "online"
    kinds = await db.fetch("SELECT data FROM events WHERE kind = 'operator.updated'")
    assert len(kinds) == 1


@pytest.mark.proves("OP-15", part="actions")
async def test_a_supervisor_sets_limits_pause_name_and_the_status_of_others(
    db: Database, app: AppClient
) -> None:
    operator = await sign_in(db, app, "operator")
    supervisor = await sign_in(db, app, "supervisor")
    ids = await status_ids(supervisor.client)
    path = f"{OPERATORS}/{operator.id}"
    body = {
        "dialog_limit": 0,
        "channel_limits": {"viber": 2},
        "paused": True,
        "public_name": "Lena",
    }
    changed = await supervisor.client.patch(path, body)
    assert changed.status == 200, changed.text
    assert {name: changed.json[name] for name in body} == body
    forced = await supervisor.client.put(f"{path}/status", {"status_id": ids["online"]})
    assert (forced.status, forced.json["status"]["alias"]) == (200, "online")
    log = (await supervisor.client.get(f"{path}/intervals")).json["items"]
    assert log[0]["set_by"] == supervisor.id
    assert (await operator.client.patch(path, {"dialog_limit": 9})).status == 403
    assert (await operator.client.put(f"{path}/status", {"status_id": 1})).status == 403


@pytest.mark.proves("OP-15", part="bad input")
async def test_a_deleted_status_cannot_be_set(admin: Person) -> None:
    made = await admin.client.post(STATUSES, {"name": "Training", "kind": "pause"})
    assert made.status == 201
    path = f"{STATUSES}/{made.json['id']}"
    await admin.client.put(MINE, {"status_id": made.json["id"]})
    used = await admin.client.delete(path)
    assert (used.status, used.json["code"]) == (409, "status_in_use")
    ids = await status_ids(admin.client)
    await admin.client.put(MINE, {"status_id": ids["offline"]})
    assert (await admin.client.delete(path)).status == 204
    gone = await admin.client.put(MINE, {"status_id": made.json["id"]})
    assert gone.status == 404
    fixed = await admin.client.delete(f"{STATUSES}/{ids['online']}")
    assert (fixed.status, fixed.json["code"]) == (409, "status_is_system")
    renamed = await admin.client.patch(f"{STATUSES}/{ids['online']}", {"name": "Here"})
    assert renamed.status == 409
    bounded = await admin.client.patch(f"{STATUSES}/{ids['on_break']}", {"max_minutes": 15})
    assert bounded.json["max_minutes"] == 15


@pytest.mark.proves("OP-15", part="bad input")
async def test_a_status_cannot_both_receive_and_count_after_closing(admin: Person) -> None:
    both = {"name": "A", "kind": "work", "can_receive": True, "count_after_closed": True}
    refused = await admin.client.post(STATUSES, both)
    assert (refused.status, refused.json["code"]) == (422, "receives_and_counts")
    one = await admin.client.post(STATUSES, both | {"count_after_closed": False})
    changed = await admin.client.patch(f"{STATUSES}/{one.json['id']}", {"count_after_closed": True})
    assert changed.status == 422
    resting = await admin.client.post(STATUSES, {"name": "B", "can_receive": True})
    assert (resting.status, resting.json["code"]) == (422, "only_work_receives")


async def test_a_skill_group_joins_people_with_topics(
    db: Database, app: AppClient, admin: Person
) -> None:
    operator = await sign_in(db, app, "operator")
    analyst = await sign_in(db, app, "analyst")
    topic = (await admin.client.post("/api/v1/topics", {"name": "Billing"})).json["id"]
    body = {"name": "Money", "topic_ids": [topic], "member_ids": [operator.id]}
    made = await admin.client.post(GROUPS, body)
    assert made.status == 201, made.text
    assert {name: made.json[name] for name in body} == body
    assert (await team(admin.client))[operator.id]["groups"] == [
        {"id": made.json["id"], "name": "Money"}
    ]
    assert (await admin.client.delete(f"/api/v1/topics/{topic}")).status == 409
    for wrong, code in (
        ({"name": "Money"}, "group_taken"),
        ({"name": "B", "topic_ids": [topic + 1]}, "unknown_topics"),
        ({"name": "B", "member_ids": [analyst.id]}, "unknown_operator"),
    ):
        assert (await admin.client.post(GROUPS, wrong)).json["code"] == code

    path = f"{GROUPS}/{made.json['id']}"
    moved = await admin.client.patch(path, {"member_ids": [admin.id], "active": False})
    assert (moved.json["member_ids"], moved.json["active"]) == ([admin.id], False)
    assert (await admin.client.delete(path)).status == 204
    assert (await admin.client.get(GROUPS)).json["items"] == []
    assert (await team(admin.client))[admin.id]["groups"] == []
    said = await db.fetch("SELECT data->'fields' AS f FROM events WHERE kind='skill_group.changed'")
    assert len(said) == 3


@pytest.mark.proves("OP-15", part="bad input")
async def test_a_supervisor_sees_only_the_people_of_his_groups(
    db: Database, app: AppClient, admin: Person
) -> None:
    people = [await sign_in(db, app, "operator") for _ in range(3)]
    supervisor = await sign_in(db, app, "supervisor")
    mine, other = [
        (await admin.client.post(GROUPS, {"name": name, "member_ids": ids})).json["id"]
        for name, ids in (("A", [people[0].id, supervisor.id]), ("B", [people[1].id]))
    ]
    seen = await team(supervisor.client)
    assert set(seen) == {people[0].id, people[2].id, supervisor.id, admin.id}
    assert people[1].id not in await team(people[0].client)
    hidden = f"{OPERATORS}/{people[1].id}"
    for answer in (
        await supervisor.client.get(hidden),
        await supervisor.client.patch(hidden, {"paused": True}),
        await supervisor.client.put(f"{hidden}/status", {"status_id": 1}),
        await supervisor.client.get(f"{hidden}/intervals"),
        await supervisor.client.patch(f"{GROUPS}/{other}", {"name": "C"}),
    ):
        assert answer.status == 404
    assert [g["id"] for g in (await supervisor.client.get(GROUPS)).json["items"]] == [mine]
    for limited in (
        await supervisor.client.patch(f"{GROUPS}/{mine}", {"topic_ids": []}),
        await supervisor.client.post(GROUPS, {"name": "D"}),
        await supervisor.client.delete(f"{GROUPS}/{mine}"),
        await supervisor.client.patch(f"{OPERATORS}/{people[0].id}", {"group_ids": [other]}),
    ):
        assert (limited.status, limited.json["code"]) == (403, "groups_limited")
    joined = await supervisor.client.patch(
        f"{GROUPS}/{mine}", {"member_ids": [people[0].id, people[2].id, supervisor.id]}
    )
    assert people[2].id in joined.json["member_ids"]


@pytest.mark.parametrize(
    ("method", "path", "body", "field"),
    [
        ("PUT", MINE, {"status_id": 1, "open_chats": "drop"}, "open_chats"),
        ("PUT", MINE, {"status": 1}, "status_id"),
        ("PATCH", f"{OPERATORS}/1", {"dialog_limit": -1}, "dialog_limit"),
        ("PATCH", f"{OPERATORS}/1", {"limit": 1}, "limit"),
        ("POST", STATUSES, {"name": "A", "kind": "nap"}, "kind"),
        ("POST", GROUPS, {"name": "A", "topics": []}, "topics"),
    ],
)
async def test_a_wrong_field_of_the_team_is_named(
    admin: Person, method: str, path: str, body: dict[str, Any], field: str
) -> None:
    refused = await admin.client.request(method, path, json=body)
    assert (refused.status, refused.json["errors"][0]["field"]) == (422, field)


async def test_the_team_asks_for_its_permissions(db: Database, app: AppClient) -> None:
    analyst = await sign_in(db, app, "analyst")
    for path in (OPERATORS, STATUSES, GROUPS, f"{OPERATORS}/1", f"{OPERATORS}/1/intervals", MINE):
        assert (await app.get(path)).status == 401
        assert (await analyst.client.get(path)).status == 403
    operator = await sign_in(db, app, "operator")
    for path in (STATUSES, GROUPS):
        assert (await operator.client.post(path, {"name": "A"})).status == 403
        assert (await operator.client.patch(f"{path}/1", {"name": "A"})).status == 403
        assert (await operator.client.delete(f"{path}/1")).status == 403
