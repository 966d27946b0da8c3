"""How long operators are in a status: what counts, what lasts too long, what sets itself."""

from typing import Any

import pytest

from connective.kit.context import unit_of_work
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.moving_clock import MovingClock
from connective.kit.testing.people import Person, sign_in
from connective.modules.operators import jobs
from connective.modules.operators.service import loads

OPERATORS, STATUSES = "/api/v1/operators", "/api/v1/operator-statuses"
MINE = f"{OPERATORS}/me/status"


async def _ids(client: AppClient) -> dict[str, int]:
    return {s["alias"]: s["id"] for s in (await client.get(STATUSES)).json["items"]}


async def _row(client: AppClient, user_id: int) -> dict[str, Any]:
    found: dict[str, Any] = (await client.get(f"{OPERATORS}/{user_id}")).json
    return found


async def _last_stay(client: AppClient, user_id: int) -> dict[str, Any]:
    log = await client.get(f"{OPERATORS}/{user_id}/intervals")
    found: dict[str, Any] = log.json["items"][0]
    return found


async def _told(db: Database) -> list[str]:
    rows = await db.fetch("SELECT data FROM events WHERE kind = 'operator.overstayed'")
    return [row["data"] for row in rows]


async def _gets(user_id: int) -> None:
    async with unit_of_work() as ctx:
        await loads.hold(ctx, [user_id])
        await loads.took(ctx, user_id, 1)


async def _closes(user_id: int) -> None:
    async with unit_of_work() as ctx:
        await loads.freed(ctx, user_id, closed=True)


@pytest.mark.proves("SE-11", part="statuses")
async def test_a_stay_that_lasts_too_long_is_told_once_and_stands_in_the_log(
    db: Database, app: AppClient, admin: Person, moving_clock: MovingClock
) -> None:
    ids = await _ids(admin.client)
    await admin.client.patch(f"{STATUSES}/{ids['on_break']}", {"max_minutes": 15})
    one = await sign_in(db, app, "operator")
    await one.client.put(MINE, {"status_id": ids["on_break"]})
    moving_clock.advance(15 * 60 - 1)
    await jobs.look()
    assert await _told(db) == []
    assert (await _last_stay(admin.client, one.id))["overstayed_at"] is None

    moving_clock.advance(1)
    await jobs.look()
    await jobs.look()
    assert len(await _told(db)) == 1
    stay = await _last_stay(admin.client, one.id)
    assert stay["overstayed_at"] == "2026-05-04T09:15:00.000Z"
    assert (await _row(admin.client, one.id))["status"]["max_minutes"] == 15

    await one.client.put(MINE, {"status_id": ids["online"]})
    moving_clock.advance(3600)
    await jobs.look()
    assert len(await _told(db)) == 1


@pytest.mark.proves("SE-11", part="statuses")
async def test_a_status_that_counts_after_closing_begins_with_the_end_of_the_last_chat(
    db: Database, app: AppClient, admin: Person, moving_clock: MovingClock
) -> None:
    made = await admin.client.post(
        STATUSES, {"name": "Lunch", "count_after_closed": True, "max_minutes": 30}
    )
    one = await sign_in(db, app, "operator")
    await _gets(one.id)
    await _gets(one.id)
    await one.client.put(MINE, {"status_id": made.json["id"]})
    assert (await _row(admin.client, one.id))["counted_since"] is None

    moving_clock.advance(45 * 60)
    await _closes(one.id)
    await jobs.look()
    assert (await _last_stay(admin.client, one.id))["counted_from"] is None
    assert await _told(db) == []

    moving_clock.advance(60)
    await _closes(one.id)
    row = await _row(admin.client, one.id)
    assert row["counted_since"] == "2026-05-04T09:46:00.000Z"
    assert row["status_since"] == "2026-05-04T09:00:00.000Z"
    said = await db.fetch("SELECT data FROM events WHERE kind = 'operator.updated'")
    assert [row["data"] for row in said if "counted_since" in row["data"]]
    moving_clock.advance(30 * 60)
    await jobs.look()
    assert len(await _told(db)) == 1
    stay = await _last_stay(admin.client, one.id)
    assert (stay["counted_from"], stay["overstayed_at"]) == (
        "2026-05-04T09:46:00.000Z",
        "2026-05-04T10:16:00.000Z",
    )


async def test_without_chats_every_status_counts_from_its_beginning(
    db: Database, app: AppClient, admin: Person, moving_clock: MovingClock
) -> None:
    made = await admin.client.post(STATUSES, {"name": "Lunch", "count_after_closed": True})
    one = await sign_in(db, app, "operator")
    moving_clock.advance(60)
    await one.client.put(MINE, {"status_id": made.json["id"]})
    row = await _row(admin.client, one.id)
    assert row["counted_since"] == row["status_since"] == "2026-05-04T09:01:00.000Z"


@pytest.mark.proves("SE-11", part="statuses")
async def test_whoever_is_gone_gets_the_status_that_sets_itself(
    db: Database, app: AppClient, admin: Person, moving_clock: MovingClock
) -> None:
    ids = await _ids(admin.client)
    set_by_itself = await admin.client.patch(f"{STATUSES}/{ids['offline']}", {"idle_minutes": 10})
    assert set_by_itself.json["idle_minutes"] == 10
    gone = await sign_in(db, app, "operator")
    there = await sign_in(db, app, "operator")
    rests = await sign_in(db, app, "operator")
    await gone.client.put(MINE, {"status_id": ids["online"]})
    await rests.client.put(MINE, {"status_id": ids["on_break"]})
    moving_clock.advance(599)
    await there.client.put(MINE, {"status_id": ids["online"]})
    await jobs.look()
    assert (await _row(admin.client, gone.id))["status"]["alias"] == "online"

    moving_clock.advance(1)
    await jobs.look()
    aliases = [
        (await _row(admin.client, who.id))["status"]["alias"] for who in (gone, there, rests)
    ]
    assert aliases == ["offline", "online", "on_break"]
    stay = await _last_stay(admin.client, gone.id)
    assert (stay["auto"], stay["set_by"], stay["from_at"]) == (
        True,
        None,
        "2026-05-04T09:10:00.000Z",
    )
    assert (await _last_stay(admin.client, there.id))["auto"] is False


@pytest.mark.proves("SE-11", part="bad input")
async def test_only_one_status_sets_itself_and_it_brings_no_chats(admin: Person) -> None:
    works = {"name": "Here", "kind": "work", "can_receive": True, "idle_minutes": 5}
    refused = await admin.client.post(STATUSES, works)
    assert (refused.status, refused.json["code"]) == (422, "idle_receives")
    assert refused.json["errors"][0]["field"] == "idle_minutes"
    one = await admin.client.post(STATUSES, {"name": "Gone", "idle_minutes": 5})
    assert one.status == 201
    taken = await admin.client.post(STATUSES, {"name": "Away", "idle_minutes": 7})
    assert (taken.status, taken.json["code"]) == (409, "idle_taken")
    await admin.client.delete(f"{STATUSES}/{one.json['id']}")
    again = await admin.client.post(STATUSES, {"name": "Away", "idle_minutes": 7})
    assert again.status == 201
    for wrong in (0, -1, 1441, "soon"):
        bad = await admin.client.patch(f"{STATUSES}/{again.json['id']}", {"idle_minutes": wrong})
        assert bad.status == 422
